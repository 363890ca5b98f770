// The server's end of a socket.io line, as far as a picture needs it: no server behind it.

const OPEN = { sid: 'p', upgrades: [], pingInterval: 60_000, pingTimeout: 60_000, maxPayload: 1e6 };

/**
 * @param line `live` stays; `cut` closes once subscribed, and refuses whoever comes back
 * @returns a function that sends frames down the line
 */
export async function layLine(page, line) {
  let cut = false;
  let open;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (cut) return void socket.close();
    socket.onMessage((message) => {
      const text = String(message);
      if (text.startsWith('40')) return socket.send('40{"sid":"q"}');
      const id = /^42(\d+)\["subscribe"/.exec(text)?.[1];
      if (id === undefined) return undefined;
      open = socket;
      cut = line === 'cut';
      return cut ? socket.close() : socket.send(`43${id}[{"ok":true,"version":40}]`);
    });
    socket.send(`0${JSON.stringify(OPEN)}`);
  });
  return (frames) => {
    for (const frame of frames) open.send(`42${JSON.stringify(['board.changed', frame])}`);
  };
}
