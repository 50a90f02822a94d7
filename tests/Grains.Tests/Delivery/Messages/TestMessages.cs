using Microsoft.Extensions.Logging.Abstractions;
using Otp.Programs;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Composes messages of a program that a test sets up.</summary>
internal static class TestMessages
{
    public const string Code = "271828";

    private static readonly ManualTimeProvider Time = new();

    public static Message Mail(OtpProgram program, Purpose purpose = Purpose.None, string? locale = null) =>
        Compose(program, new Target(Targets.Channel.Email, "jane.doe@example.com"), purpose, locale);

    public static Message Sms(OtpProgram program, Purpose purpose = Purpose.None, string? locale = null, TimeSpan? validFor = null) =>
        Compose(program, new Target(Targets.Channel.Phone, "+442079460018"), purpose, locale, validFor);

    /// <summary>What is said in a call.</summary>
    public static Message Call(OtpProgram program, string? locale = null) => Composer().Compose(
        program,
        new Target(Targets.Channel.Phone, "+442079460018"),
        Purpose.None,
        locale,
        Code,
        Time.GetUtcNow() + TimeSpan.FromMinutes(5),
        via: VerificationChannel.Call);

    /// <summary>A message to a phone, or by mail, for a code that approves a payment.</summary>
    public static Message Pay(OtpProgram program, Payment payment, bool isMail = false)
    {
        var target = isMail ? new Target(Targets.Channel.Email, "jane.doe@example.com") : new Target(Targets.Channel.Phone, "+442079460018");
        var start = new VerificationStart(isMail ? VerificationChannel.Email : VerificationChannel.Sms, Payment: payment);
        return Composer().Compose(program, target, Purpose.None, locale: null, Code, Time.GetUtcNow() + TimeSpan.FromMinutes(5), start);
    }

    public static TemplateOptions MailTemplate(string subject, string text = "{{code}}", string? html = null) =>
        new() { Subject = subject, Text = text, Html = html };

    private static Message Compose(OtpProgram program, Target target, Purpose purpose, string? locale, TimeSpan? validFor = null) =>
        Composer().Compose(program, target, purpose, locale, Code, Time.GetUtcNow() + (validFor ?? TimeSpan.FromMinutes(5)));

    private static MessageComposer Composer() => new(new MessageTemplates(), Time, NullLogger<MessageComposer>.Instance);
}
