const KEY = 'palmares.board';

/** The link of this tab, so that a reload without its fragment still finds the board. */
export function keptToken(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function keepToken(token: string): void {
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // Storage may be closed to us: the address still carries the token.
  }
}
