import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';

/** socket.io on the server's own port, for our own pages only. */
export class SocketAdapter extends IoAdapter {
  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, {
      ...options,
      serveClient: false,
      // Clients say who they are and what they want to hear, and no more.
      maxHttpBufferSize: 16_000,
      connectTimeout: 10_000,
    } as ServerOptions) as Server;
  }
}
