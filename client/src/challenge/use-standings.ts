import { onBeforeUnmount } from 'vue';
import type { Place } from '@palmares/shared/board/position';
import { useLoad } from '../http/use-load';
import { hear, onReturn } from '../live/me';
import { paced } from '../live/pace';
import { useSessionStore } from '../session/session.store';
import { readChallenges, readPlace, type ChallengeView } from './challenge.api';

/** A challenge of mine with where I stand in it; no place before anybody has scored. */
export interface Standing {
  view: ChallengeView;
  place: Place | undefined;
}

/** What runs comes first, whatever ends soonest before the rest; of what is over, the latest. */
const soonest = (a: ChallengeView, b: ChallengeView) => {
  const over = ({ status }: ChallengeView) =>
    status === 'certified' || status === 'cancelled' ? 2 : 1;
  const place = (view: ChallengeView) => (view.status === 'live' ? 0 : over(view));
  const way = over(a) === 2 ? -1 : 1;
  return place(a) - place(b) || way * (a.to < b.to ? -1 : Number(a.to > b.to));
};

/** Others sell all the time: whoever stands among many would read again without end. */
const PACE_MS = 3_000;

const ranked = ({ status }: ChallengeView) => ['live', 'provisional', 'certified'].includes(status);

const standingIn = async (view: ChallengeView): Promise<Standing> => ({
  view,
  place: ranked(view) ? ((await readPlace(view.id)) ?? undefined) : undefined,
});

/** My challenges that are wanted, with my place in each, kept up to date. */
export function useStandings(wanted: (view: ChallengeView) => boolean) {
  const session = useSessionStore();
  const load = useLoad(async () => {
    const mine = (await readChallenges(session.may('challenge.join'))).filter(wanted);
    return Promise.all(mine.toSorted(soonest).map(standingIn));
  });
  const pace = paced(() => void load.reload(), PACE_MS);
  const again = () => pace.ask();
  const ends = [
    hear('score.changed', again),
    hear('points.posted', again),
    hear('notification.created', ({ about }) => {
      // So a participant hears of a challenge that is launched.
      if (about.kind === 'terms.published') again();
    }),
    onReturn(again),
  ];
  onBeforeUnmount(() => {
    ends.forEach((end) => end());
    pace.stop();
  });
  return load;
}
