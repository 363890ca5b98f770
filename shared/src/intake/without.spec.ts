import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyActivities } from '../activity/activity.arbitrary.js';
import { identityOf } from '../activity/activity.js';
import { Book, sprint } from './book.arbitrary.js';

describe('without an activity', () => {
  it('a score is what a recomputation without it gives', () => {
    fc.assert(
      fc.property(anyActivities(10), fc.nat(), (activities, pick) => {
        const gone = activities[pick % Math.max(activities.length, 1)];
        if (!gone) return;
        const [book, without] = [new Book(sprint.measures), new Book(sprint.measures)];
        book.send(activities);
        book.judge(identityOf(gone), true);
        without.send(activities.filter((activity) => activity !== gone));
        expect(book.scores(sprint)).toEqual(without.scores(sprint));
      }),
    );
  });
});
