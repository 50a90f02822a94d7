using Microsoft.Playwright;

namespace Otp.Browser.Tests.Harness;

/// <summary>Looks over a page as it is rendered: what somebody who sees badly, or sees nothing, would stumble over.</summary>
public static class Audit
{
    // WCAG 2.2: 1.4.3 contrast, 4.1.2 names, 1.1.1 images, 1.3.1 headings and landmarks, 1.4.10 reflow.
    private const string Script = """
        () => {
          const faults = [];
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = (color) => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          const luminance = (color) => {
            const [r, g, b] = color.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const backgroundOf = (element) => {
            for (let node = element; node; node = node.parentElement) {
              const color = rgba(getComputedStyle(node).backgroundColor);
              if (color[3] === 255) return color;
            }
            return [255, 255, 255];
          };
          const opacityOf = (element) => {
            let opacity = 1;
            for (let node = element; node; node = node.parentElement) opacity *= getComputedStyle(node).opacity;
            return opacity;
          };
          const describe = (element) => `${element.tagName.toLowerCase()}${element.id ? '#' + element.id : ''} "${element.textContent.trim().slice(0, 30)}"`;
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          let seen = 0;
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement;
            if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest('svg, .skip, .hidden-text, template')) continue;
            seen++;
            const style = getComputedStyle(element);
            const [dark, light] = [luminance(rgba(style.color)), luminance(backgroundOf(element))].sort((a, b) => a - b);
            const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
            const contrast = (light + 0.05) / (dark + 0.05);
            if (contrast < (isLarge ? 3 : 4.5) || opacityOf(element) < 1) faults.push(`contrast ${contrast.toFixed(2)}: ${describe(element)}`);
          }
          if (seen < 5) faults.push('there is nearly no text');
          for (const control of document.querySelectorAll('button, input, a, select, textarea, summary')) {
            const name = control.getAttribute('aria-label') || control.textContent.trim() || [...(control.labels ?? [])].map((l) => l.textContent).join('');
            if (!name) faults.push(`no name: ${control.outerHTML.slice(0, 80)}`);
          }
          for (const image of document.querySelectorAll('img')) if (!image.hasAttribute('alt')) faults.push('image without alt');
          for (const chart of document.querySelectorAll('svg')) {
            if (chart.getAttribute('aria-hidden') !== 'true' && !chart.getAttribute('aria-label')) faults.push('chart without a text');
          }
          for (const frame of document.querySelectorAll('iframe')) if (!frame.title) faults.push('frame without a title');
          for (const table of document.querySelectorAll('table')) if (!table.caption) faults.push('table without a caption');
          const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
          if (new Set(ids).size !== ids.length) faults.push('an id is used twice');
          for (const landmark of ['header', 'main', 'nav[aria-label]', 'h1']) {
            if (document.querySelectorAll(landmark).length !== 1) faults.push(`not one ${landmark}`);
          }
          if (!document.documentElement.lang || !document.title) faults.push('no language or title');
          if (document.documentElement.scrollWidth > innerWidth) faults.push(`wider than the window: ${document.documentElement.scrollWidth}`);
          for (const table of document.querySelectorAll('.scroll')) {
            if (table.scrollWidth > table.clientWidth) faults.push(`a table scrolls: ${describe(table)}`);
          }
          return faults;
        }
        """;

    /// <summary>What is wrong with the page; nothing, if all is well.</summary>
    public static Task<string[]> FaultsAsync(IPage page) => page.EvaluateAsync<string[]>(Script);
}
