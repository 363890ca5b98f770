// The built client behind the headers it will meet, and nothing else: no API, no database.
import { createReadStream, existsSync, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

function fileFor(dist, url) {
  const wanted = path.join(dist, path.normalize(decodeURIComponent(url.pathname)));
  const inside = wanted.startsWith(dist + path.sep);
  if (inside && existsSync(wanted) && statSync(wanted).isFile()) return wanted;
  return path.extname(wanted) ? undefined : path.join(dist, 'index.html');
}

/** Serves a folder on a free port of this machine only. */
export function serveSite(dist) {
  const server = http.createServer((request, response) => {
    const file = fileFor(dist, new URL(request.url ?? '/', 'http://localhost'));
    if (!file) return response.writeHead(404).end();
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY });
    return createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }),
    );
  });
}
