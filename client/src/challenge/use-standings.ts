import { onBeforeUnmount } from 'vue';
import { readAround } from '../board/board.api';
import { meOf } from '../board/standing';
import { useLoad } from '../http/use-load';
import { hear, onReturn } from '../live/me';
import { useSessionStore } from '../session/session.store';
import { definitionOf, readChallenges, type ChallengeView } from './challenge.api';
import { placeOf, type Place } from './place';

/** A challenge of mine with where I stand in it; no place before anybody has scored. */
export interface Standing {
  view: ChallengeView;
  place: Place | undefined;
}

const NEIGHBOURS = 7;
const ranked = ({ status }: ChallengeView) => ['live', 'provisional', 'certified'].includes(status);

async function standingIn(view: ChallengeView, memberId: string): Promise<Standing> {
  if (!ranked(view)) return { view, place: undefined };
  const board = await readAround(view.id, NEIGHBOURS);
  const me = meOf(board) ?? memberId;
  return { view, place: placeOf(board, me, definitionOf(view)) };
}

/** My challenges that are wanted, with my place in each, kept up to date. */
export function useStandings(wanted: (view: ChallengeView) => boolean) {
  const session = useSessionStore();
  const load = useLoad(async () => {
    const mine = (await readChallenges(session.roles.includes('rep'))).filter(wanted);
    const memberId = session.current?.member.id ?? '';
    return Promise.all(mine.map((view) => standingIn(view, memberId)));
  });
  const again = () => void load.reload();
  const ends = [
    hear('score.changed', again),
    hear('points.posted', again),
    hear('notification.created', ({ about }) => {
      // So a participant hears of a challenge that is launched.
      if (about.kind === 'terms.published') again();
    }),
    onReturn(again),
  ];
  onBeforeUnmount(() => ends.forEach((end) => end()));
  return load;
}
