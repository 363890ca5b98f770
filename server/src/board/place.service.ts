import { Injectable } from '@nestjs/common';
import type { Board } from '@palmares/shared/board/board';
import { placeOf, type OwnPlace } from '@palmares/shared/board/position';
import { asksForHaves } from '@palmares/shared/challenge/gap';
import type { Caller } from '../auth/caller.js';
import { HavesService } from '../challenge/haves.service.js';
import { BoardMemory } from './board-memory.service.js';
import { BoardService } from './board.service.js';

const NEIGHBOURS = 7;

/** Where somebody stands, in what they may see of the board. */
@Injectable()
export class PlaceService {
  constructor(
    private readonly boards: BoardService,
    private readonly memory: BoardMemory,
    private readonly haves: HavesService,
  ) {}

  /** Null for whoever takes no part. Problems: `not-found`. */
  async place(caller: Caller, challengeId: string): Promise<OwnPlace> {
    const page = { limit: NEIGHBOURS, offset: 0, aroundMe: true };
    const { head, tail } = await this.boards.board(caller, challengeId, page);
    const board = JSON.parse(head + tail.toString()) as Board;
    const { found } = await this.memory.get(caller.organisationId, challengeId);
    const me = board.view?.me ?? undefined;
    const { challenge } = found;
    const { compiled } = challenge;
    if (me === undefined || !asksForHaves(compiled)) {
      return { place: placeOf(board, me, compiled) ?? null };
    }
    const haves = await this.haves.of(caller.organisationId, challenge, me);
    return { place: placeOf(board, me, compiled, haves) ?? null, haves: [...haves] };
  }
}
