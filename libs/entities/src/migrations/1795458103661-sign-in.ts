import { MigrationInterface, QueryRunner } from 'typeorm';

/** States of sign-ins that are spent, and when somebody was here last. */
export class SignIn1795458103661 implements MigrationInterface {
  readonly name = 'SignIn1795458103661';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "spent_states" ("state_hash" text NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_05b4ddb71f1564a00b5bfed8e32" PRIMARY KEY ("state_hash"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_747f5be24c337f9e9e486aeb83" ON "spent_states"  ("expires_at") ');
    await queryRunner.query('ALTER TABLE "users" ADD "last_seen_at" TIMESTAMP WITH TIME ZONE');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "users" DROP COLUMN "last_seen_at"');
    await queryRunner.query('DROP INDEX "public"."IDX_747f5be24c337f9e9e486aeb83"');
    await queryRunner.query('DROP TABLE "spent_states"');
  }
}
