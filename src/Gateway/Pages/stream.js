/**
 * Server-sent events over fetch, which unlike EventSource can bear a token. Yields { name, data }; ends when the server ends the stream.
 * Throws a Response that is not 200.
 */
export async function* events(url, token, signal) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const response = await fetch(url, { headers, signal, cache: 'no-store' });
  if (!response.ok) {
    throw response;
  }

  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }

    const blocks = (text + value).split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 1).trimStart()]));
      if (fields.has('data')) {
        yield { name: fields.get('event'), data: fields.get('data') };
      }
    }
  }
}
