using System.Text.Encodings.Web;

namespace Otp.Gateway.Http;

/// <summary>How text is written into JSON answers.</summary>
internal static class HttpText
{
    /// <summary>Escapes what JSON demands and no more: answers are read by JSON parsers, never put into HTML as they are.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
}
