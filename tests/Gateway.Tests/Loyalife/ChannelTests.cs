using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>The code goes to the member's registered channel.</summary>
public sealed class ChannelTests(LoyalifeFixture fixture)
{
    private static int _phones = 100_000;

    private readonly LoyalifeService _service = fixture.Service;

    [Fact]
    public async Task Member_registered_for_SMS_gets_it_on_the_phone()
    {
        var (reference, email, phone) = (LoyalifeService.NewReference(), TestGateway.NewTarget(), NewPhone());
        Assert.Equal(HttpStatusCode.Created, (await _service.PutMemberAsync(reference, email, phone, "phone")).Status);

        var code = await _service.SendCodeAsync(email, phone);

        Assert.Null(await _service.LatestCodeAsync(email));
        LoyalifeService.AssertDone(await _service.VerifyAsync(reference, code, suffix: LoyalifeService.ByReference));
    }

    [Fact]
    public async Task Member_without_an_e_mail_address_is_reached_by_reference()
    {
        var (reference, phone) = (LoyalifeService.NewReference(), NewPhone());
        Assert.Equal(HttpStatusCode.Created, (await _service.PutMemberAsync(reference, email: null, phone)).Status);

        var code = await _service.SendCodeAsync(reference, phone, suffix: LoyalifeService.ByReference);

        LoyalifeService.AssertDone(await _service.VerifyAsync(reference, code, suffix: LoyalifeService.ByReference));
    }

    [Fact]
    public async Task Moved_address_no_longer_leads_to_the_member()
    {
        var (reference, old) = await _service.NewMemberAsync();
        var next = TestGateway.NewTarget();
        Assert.Equal(HttpStatusCode.OK, (await _service.PutMemberAsync(reference, next)).Status);

        LoyalifeService.AssertDone(await _service.GenerateAsync(old));

        Assert.Null(await _service.LatestCodeAsync(old));
        Assert.NotNull(await _service.SendCodeAsync(next, next));
    }

    [Fact]
    public async Task Spelling_of_an_address_does_not_matter()
    {
        var (_, email) = await _service.NewMemberAsync();

        LoyalifeService.AssertDone(await _service.GenerateAsync($" {email.ToUpperInvariant()} "));

        Assert.NotNull(await _service.LatestCodeAsync(email));
    }

    [Fact]
    public async Task Case_of_a_reference_does_matter()
    {
        var (reference, email) = await _service.NewMemberAsync();

        LoyalifeService.AssertDone(await _service.GenerateAsync(reference.ToLowerInvariant(), suffix: LoyalifeService.ByReference));

        Assert.Null(await _service.LatestCodeAsync(email));
    }

    [Fact]
    public async Task Members_of_another_program_are_strangers()
    {
        var (reference, email) = await _service.NewMemberAsync();

        LoyalifeService.AssertDone(await _service.GenerateAsync(email, client: LoyalifeService.ShortClient));
        LoyalifeService.AssertDone(
            await _service.GenerateAsync(reference, client: LoyalifeService.ShortClient, suffix: LoyalifeService.ByReference));

        Assert.Null(await _service.LatestCodeAsync(email));
    }

    private static string NewPhone() => $"+447911{Interlocked.Increment(ref _phones)}";
}
