/** Points of a small line, from left to right in a box; what has no value is passed over. */
export function pointsOf(
  values: readonly (number | null)[],
  { width, height }: { width: number; height: number },
): [x: number, y: number][] {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values.flatMap((value, index): [number, number][] => {
    if (value === null) return [];
    // What never changes is a line in the middle.
    const part = high === low ? 0.5 : (value - low) / (high - low);
    return [[index * step, height - part * height]];
  });
}
