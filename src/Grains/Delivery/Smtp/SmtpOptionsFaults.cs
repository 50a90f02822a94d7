namespace Otp.Delivery;

/// <summary>What is wrong with the settings of a mail server.</summary>
internal static class SmtpOptionsFaults
{
    public static IEnumerable<string> Of(SmtpOptions smtp, string path)
    {
        if (string.IsNullOrWhiteSpace(smtp.Host))
            yield return $"{path}:Host is missing: the mail server.";
        if (string.IsNullOrWhiteSpace(smtp.From))
            yield return $"{path}:From is missing: the sender.";
        else if (!SmtpAddress.IsSender(smtp.From))
            yield return $"{path}:From is not one mail address in ASCII, with or without a display name.";
        if (smtp.UserName is not null && smtp.Password is null)
            yield return $"{path}:Password is missing: {path}:UserName is set.";
        if (smtp.Password is not null && smtp.UserName is null)
            yield return $"{path}:UserName is missing: {path}:Password is set.";
        if (smtp.CaFile is not null && !File.Exists(smtp.CaFile))
            yield return $"{path}:CaFile: there is no file '{smtp.CaFile}'.";
    }
}
