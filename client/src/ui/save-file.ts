/** With its ending it stays below what file systems hold, in letters of two bytes. */
const NAME_MAX = 120;

/**
 * The name of a file, of parts that a reader knows; without what a file system refuses, or what
 * turns its letters around.
 */
export function fileName(...parts: readonly string[]): string {
  const name = parts
    .filter((part) => part !== '')
    .join(' - ')
    .replaceAll(/[/\\:*?"<>|]/g, '_')
    .replaceAll(/\p{C}/gu, '')
    .replaceAll(/\s+/g, ' ');
  return name.slice(0, NAME_MAX).replaceAll(/^[\s.]+|[\s.]+$/g, '') || 'palmares';
}

/** Hands a text or a picture to the browser as a file to keep. */
export function saveFile(
  name: string,
  content: string | Blob,
  type = 'text/csv;charset=utf-8',
): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not before the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
