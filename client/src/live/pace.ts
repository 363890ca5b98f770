/** Runs at once, then at most once every `everyMs` with what came last. */
export function paced(run: () => void, everyMs: number): { ask(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const turn = () => {
    timer = undefined;
    if (!asked) return;
    asked = false;
    timer = setTimeout(turn, everyMs);
    run();
  };
  return {
    ask() {
      asked = true;
      if (timer === undefined) turn();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      asked = false;
    },
  };
}
