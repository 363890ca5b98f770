import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import type { Caller } from '../auth/caller.js';
import { ChallengeModule } from '../challenge/challenge.module.js';
import { HttpModule } from '../http/http.module.js';
import { LiveGateway } from '../live/live.gateway.js';
import { LiveModule } from '../live/live.module.js';
import { PeopleModule } from '../people/people.module.js';
import { mayWatch } from './board-access.js';
import { BoardLinkController } from './board-link.controller.js';
import { BoardLinkService } from './board-link.service.js';
import { BoardController } from './board.controller.js';
import { BoardPublisher } from './board.publisher.js';
import { BoardMemory } from './board-memory.service.js';
import { BoardQuick } from './board.quick.js';
import { BoardService } from './board.service.js';
import { ChallengePublisher } from './challenge.publisher.js';
import { PlaceController } from './place.controller.js';
import { PlaceService } from './place.service.js';
import { RaceController } from './race.controller.js';
import { RaceViewService } from './race-view.service.js';
import { ScorePublisher } from './score.publisher.js';
import { UpcomingController } from './upcoming.controller.js';
import { UpcomingService } from './upcoming.service.js';
import { WinningsService } from './winnings.service.js';

@Module({
  imports: [AuthModule, HttpModule, PeopleModule, ChallengeModule, LiveModule],
  controllers: [
    BoardController,
    RaceController,
    PlaceController,
    UpcomingController,
    BoardLinkController,
  ],
  providers: [
    BoardMemory,
    BoardService,
    BoardQuick,
    RaceViewService,
    PlaceService,
    UpcomingService,
    WinningsService,
    BoardLinkService,
    BoardPublisher,
    ChallengePublisher,
    ScorePublisher,
  ],
  exports: [BoardService, BoardLinkService],
})
export class BoardModule {
  constructor(gateway: LiveGateway, publisher: BoardPublisher) {
    gateway.serve('board', {
      room: (bearer, id) => publisher.room(bearer as Caller, mayWatch(bearer as Caller, id)),
      watch: (bearer, id) => publisher.version(bearer as Caller, id),
    });
  }
}
