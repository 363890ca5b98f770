import type { Board } from '@palmares/shared/board/board';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A JSON answer, whatever it holds; tests say what they expect of it. */
type Json = Record<string, never>;

/** Speaks to a server as one caller. */
export class Client {
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  get<Body = Json>(path: string): Promise<Answer<Body>> {
    return this.send<Body>('GET', path);
  }

  post<Body = Json>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.send<Body>('POST', path, body);
  }

  delete<Body = Json>(path: string): Promise<Answer<Body>> {
    return this.send<Body>('DELETE', path);
  }

  async send<Body = Json>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    return this.raw<Body>(path, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  }

  /** A request word for word, but for the token. */
  async raw<Body = Json>(path: string, init: RequestInit = {}): Promise<Answer<Body>> {
    const headers = new Headers(init.headers);
    if (this.token !== undefined) headers.set('authorization', `Bearer ${this.token}`);
    const response = await fetch(this.url + path, { ...init, headers });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    const answer = json && text ? (JSON.parse(text) as Body) : (text as Body);
    return { status: response.status, headers: response.headers, body: answer };
  }

  async board(challengeId: string, query = ''): Promise<Board> {
    const { status, body } = await this.get<Board>(`/api/challenges/${challengeId}/board${query}`);
    if (status !== 200) throw new Error(`board: ${status} ${JSON.stringify(body)}`);
    return body;
  }
}

/** Rank, name and score of each row, as a person reads a board. */
export const linesOf = (board: Board) =>
  board.rows.map(({ rank, subject, score }) => [rank, subject.label, score]);
