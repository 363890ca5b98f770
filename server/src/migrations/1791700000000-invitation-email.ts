import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An invitation keeps the e-mail that it was made for. */
export class InvitationEmail1791700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table invitation add email text');
    await runner.query(`update invitation i set email = m.email from member m
      where m.organisation_id = i.organisation_id and m.id = i.member_id`);
    await runner.query('delete from invitation where email is null');
    await runner.query('alter table invitation alter email set not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table invitation drop email');
  }
}
