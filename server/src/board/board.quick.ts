import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { permits } from '@palmares/shared/access/policy';
import { RememberedService } from '../auth/remembered.service.js';
import type { Ready } from '../http/conditional.js';
import { Quick } from '../http/quick.js';
import { boardQuerySchema } from './board-query.js';
import { BoardService, type BoardPage } from './board.service.js';

const ADDRESS =
  /^\/api\/challenges\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/board(?:\?(.*))?$/;
/** Of different questions; there are few that are asked by many, and all of them are short. */
const PARSED_MAX = 10_000;
const ADDRESS_MAX = 200;

interface Question {
  challengeId: string;
  page: BoardPage;
}

/** Boards for those who are known already, past the framework. */
@Injectable()
export class BoardQuick {
  private readonly parsed = new Map<string, Question | null>();

  constructor(
    private readonly boards: BoardService,
    private readonly callers: RememberedService,
    quick: Quick,
  ) {
    quick.serve('/api/challenges/:id/board', (request) => this.answer(request));
  }

  private answer(request: IncomingMessage): Ready | Promise<Ready> | undefined {
    const { url = '' } = request;
    if (!url.startsWith('/api/challenges/') || url.length > ADDRESS_MAX) return undefined;
    if (!ADDRESS.test(url)) return undefined;
    // The caller first: nothing is kept of what a stranger asks.
    const caller = this.callers.caller(request);
    if (!caller || !permits('board.read', caller)) return undefined;
    const question = this.question(url);
    if (!question) return undefined;
    if (caller.kind === 'board-link' && caller.challengeId !== question.challengeId) {
      return undefined;
    }
    return this.boards.present(caller, question.challengeId, question.page);
  }

  /** What is asked for; null for what the usual way has to look at. */
  private question(url: string): Question | null {
    const known = this.parsed.get(url);
    if (known !== undefined) return known;
    const [, challengeId, query = ''] = ADDRESS.exec(url) ?? [];
    let question: Question | null = null;
    if (challengeId !== undefined) {
      const search = new URLSearchParams(query);
      const parsed = boardQuerySchema.safeParse(Object.fromEntries(search));
      const plain = parsed.success && parsed.data.asOf === undefined;
      if (plain && new Set(search.keys()).size === search.size) {
        const { limit, offset, around } = parsed.data;
        question = { challengeId, page: { limit, offset, aroundMe: around === 'me' } };
      }
    }
    if (this.parsed.size >= PARSED_MAX) this.parsed.clear();
    this.parsed.set(url, question);
    return question;
  }
}
