using Orleans;
using Orleans.Hosting;
using Orleans.Storage;

[assembly: RegisterProvider("Memory", "GrainStorage", "Silo", typeof(MemoryGrainStorageProviderBuilder))]
[assembly: RegisterProvider("Development", "Clustering", "Silo", typeof(DevelopmentClusteringProviderBuilder))]
