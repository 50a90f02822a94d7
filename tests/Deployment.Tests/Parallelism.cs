// Each test starts several processes: more than one at a time would only wait for the others.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
