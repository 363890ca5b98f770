import type { Board } from '@palmares/shared/board/board';
import { CSRF_HEADER, type SessionView } from '@palmares/shared/auth/session';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A JSON answer, whatever it holds; tests say what they expect of it. */
type Json = Record<string, never>;

/** What a browser has after somebody has signed in: its cookie, and the proof for writing. */
export interface Browser {
  cookie: string;
  csrf: string;
}

/** Speaks to a server as one caller: with a token, or as the browser of somebody signed in. */
export class Client {
  constructor(
    readonly url: string,
    readonly token?: string,
    readonly browser?: Browser,
  ) {}

  get<Body = Json>(path: string): Promise<Answer<Body>> {
    return this.send<Body>('GET', path);
  }

  post<Body = Json>(path: string, body?: unknown, headers = {}): Promise<Answer<Body>> {
    return this.send<Body>('POST', path, body, headers);
  }

  put<Body = Json>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.send<Body>('PUT', path, body);
  }

  patch<Body = Json>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.send<Body>('PATCH', path, body);
  }

  delete<Body = Json>(path: string): Promise<Answer<Body>> {
    return this.send<Body>('DELETE', path);
  }

  async send<Body = Json>(
    method: string,
    path: string,
    body?: unknown,
    headers = {},
  ): Promise<Answer<Body>> {
    const json = { 'content-type': 'application/json' };
    return this.raw<Body>(path, {
      method,
      headers: body === undefined ? headers : { ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** A request word for word, but for who sends it. */
  async raw<Body = Json>(path: string, init: RequestInit = {}): Promise<Answer<Body>> {
    const headers = new Headers(init.headers);
    if (this.token !== undefined) headers.set('authorization', `Bearer ${this.token}`);
    if (this.browser) {
      headers.set('cookie', this.browser.cookie);
      if (!headers.has(CSRF_HEADER)) headers.set(CSRF_HEADER, this.browser.csrf);
    }
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

  /** The browser that this answer makes: of whoever has just signed in, or switched. */
  signedIn(answer: Answer<SessionView>): Client {
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return new Client(this.url, undefined, { cookie, csrf: answer.body.csrf });
  }
}

/** Rank, name and score of each row, as a person reads a board. */
export const linesOf = (board: Board) =>
  board.rows.map(({ rank, subject, score }) => [rank, subject.label, score]);
