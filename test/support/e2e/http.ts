import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Asks a server for a page, or sends it a form; a server that is not there answers with status 0. */
export function ask(url: string, ca?: string, form?: Record<string, string>): Promise<HttpAnswer> {
  if (!form) return exchange(url, ca);
  return exchange(url, ca, {
    type: 'application/x-www-form-urlencoded',
    text: new URLSearchParams(form).toString(),
  });
}

/** Sends an object to a server; one that is not there answers with status 0. */
export function send(url: string, content: object, ca?: string): Promise<HttpAnswer> {
  return exchange(url, ca, { type: 'application/json', text: JSON.stringify(content) });
}

/** What somebody with a token does at a server: looks at something, or puts an object in its place. */
export function askWithToken(url: string, token: string, ca: string, content?: object): Promise<HttpAnswer> {
  const body = content && { type: 'application/json', text: JSON.stringify(content) };
  return exchange(url, ca, body, { method: body ? 'PUT' : 'GET', headers: { authorization: `Bearer ${token}` } });
}

function exchange(
  url: string,
  ca?: string,
  body?: { readonly type: string; readonly text: string },
  { method = body ? 'POST' : 'GET', headers: more = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<HttpAnswer> {
  const request = url.startsWith('https:') ? secure : plain;
  const ofBody = body ? { 'content-type': body.type, 'content-length': Buffer.byteLength(body.text) } : {};
  const headers = { ...more, ...ofBody };
  return new Promise((resolve) => {
    const asked = request(url, { ca, method, headers, timeout: 10_000, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', (error) => resolve({ status: 0, body: error.message }));
    asked.end(body?.text);
  });
}
