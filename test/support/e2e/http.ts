import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Asks a server for a page, or sends it a form; a server that is not there answers with status 0. */
export function ask(url: string, ca?: string, form?: Record<string, string>): Promise<HttpAnswer> {
  const request = url.startsWith('https:') ? secure : plain;
  const body = form && new URLSearchParams(form).toString();
  const headers = body
    ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
    : {};
  return new Promise((resolve) => {
    const asked = request(
      url,
      { ca, method: body ? 'POST' : 'GET', headers, timeout: 10_000, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', (error) => resolve({ status: 0, body: error.message }));
    asked.end(body);
  });
}
