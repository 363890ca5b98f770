import { Injectable } from '@nestjs/common';
import type { Board } from '@palmares/shared/board/board';
import { placeOf, type Place } from '@palmares/shared/board/position';
import type { Caller } from '../auth/caller.js';
import { BoardMemory } from './board-memory.service.js';
import { BoardService } from './board.service.js';

const NEIGHBOURS = 7;

/** Where somebody stands, in what they may see of the board. */
@Injectable()
export class PlaceService {
  constructor(
    private readonly boards: BoardService,
    private readonly memory: BoardMemory,
  ) {}

  /** Null for whoever takes no part. Problems: `not-found`. */
  async place(caller: Caller, challengeId: string): Promise<{ place: Place | null }> {
    const page = { limit: NEIGHBOURS, offset: 0, aroundMe: true };
    const { head, tail } = await this.boards.board(caller, challengeId, page);
    const board = JSON.parse(head + tail.toString()) as Board;
    const { found } = await this.memory.get(caller.organisationId, challengeId);
    const me = board.view?.me ?? undefined;
    return { place: placeOf(board, me, found.challenge.compiled) ?? null };
  }
}
