// Signs a customer in by a client that NSwag generated from the document. It is compiled together with that client, by the test.
using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

namespace Generated;

public static class SignIn
{
    /// <summary>Signs in.</summary>
    /// <returns>What the client read on its way.</returns>
    public static async Task<string> RunAsync(HttpClient http, string clientId, string secret, string target)
    {
        var api = new OtpApi(http) { BaseUrl = http.BaseAddress.ToString() };
        var token = await api.CreateToken_v2_token_postAsync(new TokenRequest { Username = clientId, Password = secret });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);

        var sent = await api.SendCustomerOTP_v2_giftcards_customers_otp_send_postAsync(null, null, new SendOTPRequest { Target = target });
        var verify = new VerifyOTPRequest { Target = target, Code = sent.MockCode, Name = "Jane Doe" };
        var verified = await api.VerifyCustomerOTP_v2_giftcards_customers_otp_verify_postAsync(null, verify);
        var session = await api.ValidateCustomerSession_v2_giftcards_customers_session_postAsync(new ValidateSessionRequest { SessionToken = verified.SessionToken });
        var none = await api.ValidateCustomerSession_v2_giftcards_customers_session_postAsync(new ValidateSessionRequest { SessionToken = "none" });
        return $"{sent.Success} {sent.Error is null} {sent.OtpType} {verified.Identity.Name} {verified.Identity.Phone is null} {session.Valid} {session.Identity.Email} {none.Valid} {none.Identity is null} {await SecondAsync(api, verify)}";
    }

    // A code that was used is refused with a body that has nulls where a right one has values.
    private static async Task<int> SecondAsync(OtpApi api, VerifyOTPRequest verify)
    {
        try
        {
            await api.VerifyCustomerOTP_v2_giftcards_customers_otp_verify_postAsync(null, verify);
            return 200;
        }
        catch (ApiException refused)
        {
            return refused.StatusCode;
        }
    }
}
