import { compileChallenge } from '@palmares/shared/challenge/compile';
import { placeOf, type OwnPlace } from '@palmares/shared/board/position';
import { asksForHaves } from '@palmares/shared/challenge/gap';
import { sentencesOf } from '@palmares/shared/challenge/sentence';
import { defineStore, storeToRefs } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { BoardDoor } from '../board/board.api';
import { useBoardStore } from '../board/board.store';
import { useSessionStore } from '../session/session.store';
import { paced } from '../live/pace';
import { readChallenge, readOwnPlace, type ChallengeView } from './challenge.api';
import { definitionOf } from './definition';

const PACE_MS = 2_000;

/** The challenge on the screen, with the board that goes with it. */
export const useChallengeStore = defineStore('challenge', () => {
  const session = useSessionStore();
  const board = useBoardStore();
  const { board: shown, around, me } = storeToRefs(board);
  const view = shallowRef<ChallengeView>();

  const definition = computed(() => view.value && definitionOf(view.value));
  const compiled = computed(() => definition.value && compileChallenge(definition.value));
  /** What I have of what the rules read, as it was asked for last. */
  const own = shallowRef<OwnPlace>();
  const near = computed(() => (around.value.length > 0 ? around.value : (shown.value?.rows ?? [])));
  const score = computed(() => near.value.find(({ subject }) => subject.id === me.value)?.score);
  /** Where I stand, also further down than what was fetched. */
  const place = computed(() => {
    if (!shown.value || !compiled.value) return undefined;
    // Of another score it would promise a step that is not there any more.
    const haves = own.value?.place?.score === score.value ? own.value?.haves : undefined;
    return placeOf({ ...shown.value, rows: [...near.value] }, me.value, compiled.value, haves);
  });

  const again = paced(() => void readHaves(), PACE_MS);
  async function readHaves(): Promise<void> {
    const id = view.value?.id;
    if (id === undefined || !compiled.value || !asksForHaves(compiled.value)) return;
    // Without an answer the way is what the score alone says.
    const answer = await readOwnPlace(id).catch(() => undefined);
    if (view.value?.id === id) own.value = answer;
  }
  watch([() => view.value?.id, compiled, score], () => score.value && again.ask());

  /** The way in for whoever is signed in: the challenge, in the shape of what a link opens. */
  function door(id: string): BoardDoor {
    const { organisation, member } = session.current!;
    return {
      me: member.id,
      async open() {
        const found = await readChallenge(id);
        view.value = found;
        const { name, from, to, status } = found;
        const rules = definitionOf(found).rules.map((rule) =>
          sentencesOf(rule, organisation.currency),
        );
        return { organisation, challenge: { id, name, from, to, status, rules } };
      },
    };
  }

  function open(id: string): void {
    view.value = undefined;
    own.value = undefined;
    board.open(door(id));
  }

  return { view, definition, place, open, close: board.close };
});
