using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Otp.Delivery;

/// <summary>
/// A real mail server, aiosmtpd (Debian: python3-aiosmtpd), as a process on a free port of the loopback. It demands STARTTLS and the
/// account mailer/secret, and tells what Python's own mail parser makes of each mail.
/// </summary>
internal sealed class AioSmtpd : IAsyncDisposable
{
    private const string Server =
        """
        import asyncio, email, email.policy, json, os, ssl, sys, threading
        from aiosmtpd.smtp import SMTP, AuthResult

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
                print(json.dumps({
                    "From": envelope.mail_from, "To": envelope.rcpt_tos, "Encrypted": session.ssl is not None,
                    "Subject": mail["Subject"], "Sender": mail["From"], "ContentType": mail.get_content_type(),
                    "Text": mail.get_body(("plain",)).get_content(), "Html": mail.get_body(("html",)).get_content(),
                    "Defects": [str(defect) for part in mail.walk() for defect in part.defects]}), flush=True)
                return "250 OK"

        def authenticate(server, session, envelope, mechanism, data):
            return AuthResult(success=data.login == b"mailer" and data.password == b"secret", handled=False)

        async def main():
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(sys.argv[1])
            loop = asyncio.get_running_loop()
            server = await loop.create_server(
                lambda: SMTP(Handler(), hostname="real.test", tls_context=tls, require_starttls=True,
                             auth_required=True, authenticator=authenticate, loop=loop),
                "127.0.0.1", 0)
            print(server.sockets[0].getsockname()[1], flush=True)
            await server.serve_forever()

        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        asyncio.run(main())
        """;

    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _certificateFile;

    private AioSmtpd(Process process, string certificateFile) => (_process, _certificateFile) = (process, certificateFile);

    public int Port { get; private set; }

    /// <summary>The Python that has aiosmtpd; null when none has.</summary>
    public static async Task<string?> FindPythonAsync()
    {
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                using var probe = Start(python, "-c", "import aiosmtpd");
                await probe.WaitForExitAsync().WaitAsync(WaitTimeout);
                if (probe.ExitCode == 0)
                {
                    return python;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }

        return null;
    }

    public static async Task<AioSmtpd> StartAsync(string python, X509Certificate2 certificate)
    {
        var file = Path.Combine(Path.GetTempPath(), $"otp-test-server-{Path.GetRandomFileName()}.pem");
        using var key = certificate.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");

        var server = new AioSmtpd(Start(python, "-c", Server, file), file);
        server.Port = int.Parse(await server.ReadLineAsync(), System.Globalization.CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>What the server makes of the next mail.</summary>
    public async Task<Mail> ReceiveAsync() => JsonSerializer.Deserialize<Mail>(await ReadLineAsync())!;

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(WaitTimeout);
        _process.Dispose();
        File.Delete(_certificateFile);
    }

    private async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(WaitTimeout)
        ?? throw new InvalidOperationException($"The mail server ended: {await _process.StandardError.ReadToEndAsync()}");

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>A mail as the server and Python's parser see it.</summary>
    internal sealed record Mail(
        string From,
        string[] To,
        bool Encrypted,
        string Subject,
        string Sender,
        string ContentType,
        string Text,
        string Html,
        string[] Defects);
}
