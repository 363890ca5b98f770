// The server's end of a socket.io line, as far as a picture needs it: no server behind it.

const OPEN = { sid: 'p', upgrades: [], pingInterval: 60_000, pingTimeout: 60_000, maxPayload: 1e6 };

/** @param line `live` answers and sends the frames; `cut` closes once subscribed */
export async function layLine(page, { line, frames }) {
  let cut = false;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (cut) return void socket.close();
    socket.onMessage((message) => {
      const text = String(message);
      if (text.startsWith('40')) return socket.send('40{"sid":"q"}');
      const id = /^42(\d+)\["subscribe"/.exec(text)?.[1];
      if (id === undefined) return undefined;
      socket.send(`43${id}[{"ok":true,"version":40}]`);
      if (line === 'cut') {
        cut = true;
        return socket.close();
      }
      return frames.forEach((frame, step) =>
        setTimeout(() => socket.send(`42${JSON.stringify(['board.changed', frame])}`), 400 + step * 700),
      );
    });
    socket.send(`0${JSON.stringify(OPEN)}`);
  });
}
