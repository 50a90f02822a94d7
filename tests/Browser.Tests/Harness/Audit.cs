using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Otp.Browser.Tests.Harness;

/// <summary>Looks over a page as it is rendered: what somebody who sees badly, or sees nothing, would stumble over.</summary>
public static class Audit
{
    // Swagger UI's own marks and colours are not ours to mend.
    private static readonly AxeRunContext Context = new() { Exclude = [new AxeSelector("#swagger-ui")] };

    // A mail is shown in a sandbox, where no script runs.
    private static readonly AxeRunOptions Options = new() { Iframes = false };

    // What axe does not look at: nothing is wider than its place (WCAG 2.2, 1.4.10), and Swagger UI is as dark as the rest.
    private const string Layout = """
        () => {
          const faults = [];
          if (document.documentElement.scrollWidth > innerWidth) faults.push(`wider than the window: ${document.documentElement.scrollWidth}`);
          for (const table of document.querySelectorAll('.scroll')) {
            if (table.scrollWidth > table.clientWidth) faults.push(`a table scrolls: ${table.textContent.trim().slice(0, 30)}`);
          }
          const isDark = document.documentElement.classList.contains('dark-mode');
          if (document.querySelector('.swagger-ui') && isDark !== matchMedia('(prefers-color-scheme: dark)').matches) faults.push('of the other scheme');
          return faults;
        }
        """;

    /// <summary>What is wrong with the page; nothing, if all is well.</summary>
    public static async Task<string[]> FaultsAsync(IPage page)
    {
        var violations = (await page.RunAxe(Context, Options)).Violations;
        return
        [
            .. violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Target} {node.Any.Concat(node.All).FirstOrDefault()?.Message}")),
            .. await page.EvaluateAsync<string[]>(Layout),
        ];
    }
}
