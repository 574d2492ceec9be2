import { MigrationInterface, QueryRunner } from 'typeorm';

/** What the sync with GitLab remembers between two looks, and which events of hosts are written down already. */
export class GitlabSync1795458400000 implements MigrationInterface {
  readonly name = 'GitlabSync1795458400000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "heard_events" ("key" text NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_686962563757400dcc757e95f0d" PRIMARY KEY ("key"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_1dbd20ba974dbfed9824c0025d" ON "heard_events"  ("at") ');
    await queryRunner.query('ALTER TABLE "projects" ADD "gitlab_missing_since" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query(`ALTER TABLE "projects" ADD "gitlab_attempts" integer NOT NULL DEFAULT '0'`);
    await queryRunner.query(`ALTER TABLE "projects" ADD "gitlab_lease_fence" integer NOT NULL DEFAULT '0'`);
    await queryRunner.query('ALTER TABLE "projects" ADD "gitlab_lease_until" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query('ALTER TABLE "gitlab_accounts" ADD "keys_note" text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "gitlab_accounts" DROP COLUMN "keys_note"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_lease_until"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_lease_fence"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_attempts"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_missing_since"');
    await queryRunner.query('DROP INDEX "public"."IDX_1dbd20ba974dbfed9824c0025d"');
    await queryRunner.query('DROP TABLE "heard_events"');
  }
}
