// The rival of live boards: socket.io alone, which tells everybody of each change as it comes.
import http from 'node:http';
import { createRequire } from 'node:module';

// The very socket.io that runs under the server.
const ofServer = createRequire(import.meta.resolve('@palmares/server/live/socket.adapter'));
const { Server } = ofServer('socket.io');

// Idle connections are kept as long as Fastify keeps them.
const server = http.createServer({ keepAliveTimeout: 72_000 }, (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method === 'POST') io.emit('changed', JSON.parse(Buffer.concat(chunks).toString()));
    response.setHeader('content-type', 'application/json');
    response.end('{"ok":true}');
  });
});
const io = new Server(server, { serveClient: false, transports: ['websocket'] });
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
