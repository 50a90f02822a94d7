using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Otp.Programs;
using Otp.Targets;
using StackExchange.Redis;

namespace Otp.Stateless;

/// <summary>Sends and verifies, each one script call: one round trip.</summary>
internal sealed class TargetStore(IDatabase redis)
{
    private const int SendWidth = 14;

    private readonly ConcurrentDictionary<OtpProgram, Arguments> _arguments = new();

    public async Task<SendReply> SendAsync(
        OtpProgram program, string key, Operation operation, Guid nonce, byte[] digest, long now, long expiresAt)
    {
        var settings = SettingsOf(program);
        var reply = await TargetScripts.Send.EvaluateAsync(
            redis,
            KeyOf(key),
            now,
            operation.Id.ToByteArray(),
            Fingerprint(operation),
            nonce.ToByteArray(),
            digest,
            expiresAt,
            settings.Windows,
            settings.TimeToLive);
        var status = (SendReplyStatus)(int)reply[0];
        return status switch
        {
            SendReplyStatus.Sent => new(status, Sends(reply[1]), (byte[])reply[2]! is { Length: 16 } repeated ? new Guid(repeated) : null, 0),
            SendReplyStatus.RateLimited => new(status, Sends(reply[1]), null, Instant(reply[2]) * TimeSpan.TicksPerMillisecond),
            SendReplyStatus.Locked => new(status, [], null, Instant(reply[1]) * TimeSpan.TicksPerMillisecond),
            SendReplyStatus.OperationMismatch => new(status, [], null, 0),
        };
    }

    public async Task<VerifyReply> VerifyAsync(OtpProgram program, string key, Operation operation, byte[] digest, long now)
    {
        var settings = SettingsOf(program);
        var reply = await TargetScripts.Verify.EvaluateAsync(
            redis,
            KeyOf(key),
            now,
            operation.Id.ToByteArray(),
            Fingerprint(operation),
            digest,
            settings.Attempts,
            settings.LockoutThreshold,
            settings.LockoutDuration,
            settings.LockoutMemory,
            settings.TimeToLive);
        var status = (VerifyReplyStatus)(int)reply[0];
        return status == VerifyReplyStatus.Verified
            ? new VerifyReply(status, Instant(reply[1]), new Guid((byte[])reply[2]!))
            : new VerifyReply(status, 0, default);
    }

    private static string KeyOf(string key) => "stateless:target:" + key;

    private static byte[] Fingerprint(Operation operation)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, operation.Fingerprint);
        return bytes;
    }

    private static ImmutableArray<long> Sends(RedisResult reply)
    {
        ReadOnlySpan<byte> text = (byte[])reply!;
        var sends = ImmutableArray.CreateBuilder<long>(text.Length / SendWidth);
        for (; !text.IsEmpty; text = text[SendWidth..])
        {
            sends.Add(long.Parse(text[..(SendWidth - 1)], CultureInfo.InvariantCulture) * TimeSpan.TicksPerMillisecond);
        }

        return sends.MoveToImmutable();
    }

    private static long Instant(RedisResult reply) => (long)double.Parse((byte[])reply!, CultureInfo.InvariantCulture);

    private Arguments SettingsOf(OtpProgram program) => _arguments.GetOrAdd(program, static p => new Arguments(p));

    /// <summary>A program's settings as the scripts take them.</summary>
    private sealed class Arguments
    {
        public Arguments(OtpProgram program)
        {
            var policy = program.PolicyFor(Purpose.None);
            Windows = Bytes(string.Join(' ', policy.AllWindows.Select(w => $"{w.Limit} {Milliseconds(w.Period)}")));
            Attempts = Bytes($"{policy.Attempts}");
            LockoutThreshold = Bytes($"{program.Lockout.Threshold}");
            LockoutDuration = Bytes($"{Milliseconds(program.Lockout.Duration)}");
            LockoutMemory = Bytes($"{Milliseconds(program.Lockout.Memory)}");
            var longest = new[] { program.LongestWindow, program.Lockout.Duration, program.Lockout.Memory }.Max();
            TimeToLive = Bytes($"{Milliseconds(longest)}");
        }

        public byte[] Windows { get; }

        public byte[] Attempts { get; }

        public byte[] LockoutThreshold { get; }

        public byte[] LockoutDuration { get; }

        public byte[] LockoutMemory { get; }

        public byte[] TimeToLive { get; }

        private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

        private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
    }
}
