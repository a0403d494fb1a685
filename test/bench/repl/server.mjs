/** A server of the OpenAI kind that streams what it is told, delta by delta, at a rate. */

import { createServer } from 'node:http';

/** From the request to the first delta. */
const thinkingMs = 100;

/**
 * `answer(deltas, perSecond)` serves the next request, `more(deltas, perSecond)` goes on with the same answer and
 * `end()` finishes it; each resolves when the last delta has been written. `firstSentMs` is when the first one was.
 */
export async function startServer() {
  let take;
  let arrived = nextRequest();
  let response;
  const server = createServer((request, incoming) => {
    request.resume();
    request.on('end', () => {
      if (request.method === 'GET') incoming.writeHead(404).end();
      else take(incoming);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  function nextRequest() {
    return new Promise((resolve) => {
      take = resolve;
    });
  }

  const control = {
    baseUrl: `http://127.0.0.1:${server.address().port}/v1`,
    firstSentMs: 0,
    async answer(deltas, perSecond) {
      response = await arrived;
      arrived = nextRequest();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      await new Promise((resolve) => setTimeout(resolve, thinkingMs));
      await control.more(deltas, perSecond);
    },
    async more(deltas, perSecond) {
      const startMs = performance.now();
      control.firstSentMs = startMs;
      for (let sent = 0; sent < deltas.length; ) {
        // By the clock: a timer that comes late is made up for.
        const due = Math.min(deltas.length, 1 + Math.floor(((performance.now() - startMs) * perSecond) / 1000));
        for (; sent < due; sent++) response.write(toEvent({ content: deltas[sent] }, null));
        await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
      }
    },
    end() {
      response.end(`${toEvent({}, 'stop')}data: [DONE]\n\n`);
    },
    close: () => server.close(),
  };
  return control;
}

function toEvent(delta, finish) {
  return `data: ${JSON.stringify({ id: 'a', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}
