import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The part of a share in a total, by largest remainder: `allot()` of the shared package says the
 * same. A function and not a window: only so may several processes work on one question.
 */
const shareOf = `create function share_of(total bigint, shares jsonb, place bigint) returns bigint
  language plpgsql immutable parallel safe as $$
  declare
    rest bigint := total * (shares->(place::int - 1)->>1)::bigint % 10000;
    missing bigint := total;
    ahead int := 0;
    product bigint;
  begin
    if total is null then return null; end if;
    for at in 0..jsonb_array_length(shares) - 1 loop
      product := total * (shares->at->>1)::bigint;
      missing := missing - product / 10000;
      if product % 10000 > rest or (product % 10000 = rest and at < place - 1) then
        ahead := ahead + 1;
      end if;
    end loop;
    return total * (shares->(place::int - 1)->>1)::bigint / 10000 + (ahead < missing)::int;
  end $$`;

export class ShareOf1790310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(shareOf);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function share_of(bigint, jsonb, bigint)');
  }
}
