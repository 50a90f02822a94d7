using Otp.Delivery;
using Otp.Grains.Tests.Harness;
using Otp.Members;
using Otp.Storage;
using Otp.Telemetry;

namespace Otp.Grains.Tests.Telemetry;

public sealed class DurationTests : IDisposable
{
    private readonly Measurements _measurements = new();
    private readonly TestStorage _storage = new();
    private readonly string _name = $"n{Guid.CreateVersion7():n}"[..30];

    public void Dispose() => _measurements.Dispose();

    [Fact]
    public async Task Every_operation_on_a_storage_is_timed_and_a_failed_one_with_its_fault()
    {
        var record = NewRecord();
        await record.TryCommitAsync(new MemberEmailState { Owner = "1" });
        await NewRecord().TryCommitAsync(change: null);
        await record.ClearAsync();
        _storage.FailNextWrite(StorageFault.Lost);
        await Assert.ThrowsAnyAsync<OrleansException>(async () => await NewRecord().TryCommitAsync(new MemberEmailState { Owner = "2" }));

        Assert.Equal(
            [
                "otp.storage.operation=write",
                "otp.storage.operation=read",
                "otp.storage.operation=clear",
                "error.type=System.IO.IOException otp.storage.operation=write",
            ],
            _measurements.Of("otp.storage.duration", OtpTags.Storage, _name));
    }

    [Fact]
    public async Task Write_that_finds_something_else_stored_is_no_failure_of_the_storage()
    {
        await NewRecord().TryCommitAsync(new MemberEmailState { Owner = "1" });

        Assert.False(await NewRecord().TryCommitAsync(new MemberEmailState { Owner = "2" }));

        Assert.Equal(
            ["otp.storage.operation=write", "otp.storage.operation=write", "otp.storage.operation=read"],
            _measurements.Of("otp.storage.duration", OtpTags.Storage, _name));
    }

    [Fact]
    public async Task Every_attempt_of_a_provider_is_timed_and_a_refusal_with_its_reason()
    {
        var (first, second) = (_name + "a", _name + "b");
        await using var delivery = new DeliveryFixture(
            options => options.Email = [first, second],
            ScriptedProvider.Refusing(first, DeliveryFailure.ConnectionFailed),
            ScriptedProvider.Accepting(second));

        await delivery.DeliverAsync(delivery.Mail());

        Assert.Equal(
            [$"error.type=connection_failed otp.channel=email otp.program={TestProgram.Id}"], _measurements.Of("otp.delivery.duration", OtpTags.Provider, first));
        Assert.Equal([$"otp.channel=email otp.program={TestProgram.Id}"], _measurements.Of("otp.delivery.duration", OtpTags.Provider, second));
    }

    private StoredRecord<MemberEmailState> NewRecord() =>
        new(_storage.AsRecords(TimeProvider.System), GrainId.Create(_name, "one"), MemberEmailState.Empty, static _ => 0);
}
