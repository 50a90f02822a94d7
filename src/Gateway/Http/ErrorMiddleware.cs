using Microsoft.AspNetCore.WebUtilities;

namespace Otp.Gateway.Http;

/// <summary>
/// Gives every failure a body: faults of the cluster become 503, requests that Kestrel refuses keep its status, anything else is 500;
/// an error status left without a body (404, 405) gets its reason phrase. An exception's message never leaves, nor is it logged above
/// Debug: it may hold personal data.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (IsHangUp(exception, context))
        {
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusFor(exception, context);
        }

        var response = context.Response;
        if (response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted)
        {
            await ErrorAnswer.WriteAsync(context, response.StatusCode, ReasonPhrases.GetReasonPhrase(response.StatusCode));
        }
    }

    /// <summary>The caller has gone: nobody reads an answer.</summary>
    private static bool IsHangUp(Exception exception, HttpContext context) =>
        context.RequestAborted.IsCancellationRequested
        && exception is OperationCanceledException or (IOException and not BadHttpRequestException);

    private int StatusFor(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case GrainUnavailableException:
                RetryAfter.Set(context.Response, RetryAfter.Fault);
                return StatusCodes.Status503ServiceUnavailable;
            case BadHttpRequestException badRequest:
                return badRequest.StatusCode;

            // What Kestrel says of a chunk whose size is larger than a number can be.
            case IOException { InnerException: OverflowException }:
                return StatusCodes.Status400BadRequest;
            default:
                LogFault(exception.GetType().FullName);
                LogFaultDetail(exception);
                return StatusCodes.Status500InternalServerError;
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "The request failed with {ExceptionType}")]
    private partial void LogFault(string? exceptionType);

    [LoggerMessage(3002, LogLevel.Debug, "The request's fault in full")]
    private partial void LogFaultDetail(Exception exception);
}
