import { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-in with GitLab, sudo, tokens, group bindings, key deliveries and the audit log. */
export class People1795457470364 implements MigrationInterface {
  readonly name = 'People1795457470364';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX "public"."IDX_19fc69b6e9b0294ee2a40a83bf"');
    await queryRunner.query(
      'CREATE TABLE "audit_events" ("seq" BIGSERIAL NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "actor_id" uuid, "actor_name" text NOT NULL, "means" text NOT NULL, "token_id" uuid, "address" text, "sudo" boolean NOT NULL DEFAULT false, "action" text NOT NULL, "target_kind" text NOT NULL, "target_id" text, "target_name" text NOT NULL, "project_id" uuid, "operation_id" uuid, "result" text NOT NULL, "detail" jsonb, "request_id" text, CONSTRAINT "PK_6e299f5706e715265416fefe53e" PRIMARY KEY ("seq"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_3648e11676f1929b9875ee272b" ON "audit_events"  ("at") ');
    await queryRunner.query('CREATE INDEX "IDX_2304b3bb08494e11e14c5425aa" ON "audit_events"  ("operation_id") ');
    await queryRunner.query('CREATE INDEX "IDX_d7ef0b9eb99ef933924c002ac6" ON "audit_events"  ("target_id", "seq") ');
    await queryRunner.query('CREATE INDEX "IDX_1fc8dc4af01c65fbb1f447c4e1" ON "audit_events"  ("actor_id", "seq") ');
    await queryRunner.query('CREATE INDEX "IDX_a7e33b9857772edc6a51ccf98c" ON "audit_events"  ("project_id", "seq") ');
    await queryRunner.query(
      'CREATE TABLE "gitlab_accounts" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "user_id" uuid NOT NULL, "issuer" text NOT NULL, "gitlab_id" bigint NOT NULL, "username" text NOT NULL, "access_token_sealed" text, "refresh_token_sealed" text, "token_expires_at" TIMESTAMP WITH TIME ZONE, "state" text NOT NULL DEFAULT \'active\', "keys_etag" text, "synced_at" TIMESTAMP WITH TIME ZONE, "sync_error" text, "next_sync_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "attempts" integer NOT NULL DEFAULT \'0\', "lease_fence" integer NOT NULL DEFAULT \'0\', "lease_until" TIMESTAMP WITH TIME ZONE, CONSTRAINT "UQ_d095e05f184ee77a5b67b40db0f" UNIQUE ("user_id"), CONSTRAINT "PK_47bfe93cfd3f98f145f37223ca2" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_e03e31c925a36a4bd1343e6e44" ON "gitlab_accounts"  ("next_sync_at") ');
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_1f531afc4bdc318ff4a4b8fd6c" ON "gitlab_accounts"  ("issuer", "gitlab_id") ',
    );
    await queryRunner.query(
      'CREATE TABLE "key_deliveries" ("container_id" uuid NOT NULL, "digest" text, "checked_at" TIMESTAMP WITH TIME ZONE, "error" text, "generation" integer NOT NULL DEFAULT \'0\', "observed_generation" integer NOT NULL DEFAULT \'0\', "lease_fence" integer NOT NULL DEFAULT \'0\', "lease_until" TIMESTAMP WITH TIME ZONE, "next_attempt_at" TIMESTAMP WITH TIME ZONE, "attempts" integer NOT NULL DEFAULT \'0\', CONSTRAINT "PK_8b521cc501ffacc9c4b0b417c1a" PRIMARY KEY ("container_id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "placed_keys" ("container_id" uuid NOT NULL, "fingerprint" text NOT NULL, "public_key" text NOT NULL, "placed_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_cc2334ffdc9328e8b751128208d" PRIMARY KEY ("container_id", "fingerprint"))',
    );
    await queryRunner.query(
      'CREATE TABLE "api_tokens" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "token_hash" text NOT NULL, "user_id" uuid NOT NULL, "name" text NOT NULL, "scope" text NOT NULL, "networks" cidr array NOT NULL DEFAULT \'{}\', "expires_at" TIMESTAMP WITH TIME ZONE, "last_used_at" TIMESTAMP WITH TIME ZONE, "last_used_address" text, "created_by_id" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "revoked_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "UQ_bbd687a104e1921e6702c6e3aad" UNIQUE ("token_hash"), CONSTRAINT "PK_c587455266b5fa8dace7194caac" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_b74883f5884a42fd8496d389b2" ON "api_tokens"  ("user_id") ');
    await queryRunner.query('ALTER TABLE "projects" ADD "gitlab_issuer" text');
    await queryRunner.query('ALTER TABLE "projects" ADD "gitlab_group_id" bigint');
    await queryRunner.query('ALTER TABLE "projects" ADD "gitlab_group_path" text');
    await queryRunner.query('ALTER TABLE "projects" ADD "gitlab_synced_at" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query('ALTER TABLE "projects" ADD "gitlab_error" text');
    await queryRunner.query('ALTER TABLE "projects" ADD "gitlab_next_sync_at" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query('ALTER TABLE "users" ADD "kind" text NOT NULL DEFAULT \'person\'');
    await queryRunner.query('ALTER TABLE "users" ADD "gitlab_blocked_at" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query('ALTER TABLE "users" ADD "status_reason" text NOT NULL DEFAULT \'\'');
    await queryRunner.query('ALTER TABLE "members" ADD "source" text NOT NULL DEFAULT \'manual\'');
    await queryRunner.query('ALTER TABLE "sessions" ADD "method" text NOT NULL DEFAULT \'password\'');
    await queryRunner.query('ALTER TABLE "sessions" ADD "sudo_until" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query('ALTER TABLE "ssh_keys" ADD "source" text NOT NULL DEFAULT \'profile\'');
    await queryRunner.query('ALTER TABLE "ssh_keys" ADD "expires_at" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_d80d5f4b91eedf18edf93ae8e4" ON "ssh_keys"  ("user_id", "source", "fingerprint") ',
    );
    await queryRunner.query(
      'ALTER TABLE "gitlab_accounts" ADD CONSTRAINT "FK_d095e05f184ee77a5b67b40db0f" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "key_deliveries" ADD CONSTRAINT "FK_8b521cc501ffacc9c4b0b417c1a" FOREIGN KEY ("container_id") REFERENCES "containers"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "placed_keys" ADD CONSTRAINT "FK_cf5b7c3fbf7a59f5dff4ec59acb" FOREIGN KEY ("container_id") REFERENCES "containers"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "api_tokens" ADD CONSTRAINT "FK_b74883f5884a42fd8496d389b25" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "api_tokens" DROP CONSTRAINT "FK_b74883f5884a42fd8496d389b25"');
    await queryRunner.query('ALTER TABLE "placed_keys" DROP CONSTRAINT "FK_cf5b7c3fbf7a59f5dff4ec59acb"');
    await queryRunner.query('ALTER TABLE "key_deliveries" DROP CONSTRAINT "FK_8b521cc501ffacc9c4b0b417c1a"');
    await queryRunner.query('ALTER TABLE "gitlab_accounts" DROP CONSTRAINT "FK_d095e05f184ee77a5b67b40db0f"');
    await queryRunner.query('DROP INDEX "public"."IDX_d80d5f4b91eedf18edf93ae8e4"');
    await queryRunner.query('ALTER TABLE "ssh_keys" DROP COLUMN "expires_at"');
    await queryRunner.query('ALTER TABLE "ssh_keys" DROP COLUMN "source"');
    await queryRunner.query('ALTER TABLE "sessions" DROP COLUMN "sudo_until"');
    await queryRunner.query('ALTER TABLE "sessions" DROP COLUMN "method"');
    await queryRunner.query('ALTER TABLE "members" DROP COLUMN "source"');
    await queryRunner.query('ALTER TABLE "users" DROP COLUMN "status_reason"');
    await queryRunner.query('ALTER TABLE "users" DROP COLUMN "gitlab_blocked_at"');
    await queryRunner.query('ALTER TABLE "users" DROP COLUMN "kind"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_next_sync_at"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_error"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_synced_at"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_group_path"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_group_id"');
    await queryRunner.query('ALTER TABLE "projects" DROP COLUMN "gitlab_issuer"');
    await queryRunner.query('DROP INDEX "public"."IDX_b74883f5884a42fd8496d389b2"');
    await queryRunner.query('DROP TABLE "api_tokens"');
    await queryRunner.query('DROP TABLE "placed_keys"');
    await queryRunner.query('DROP TABLE "key_deliveries"');
    await queryRunner.query('DROP INDEX "public"."IDX_1f531afc4bdc318ff4a4b8fd6c"');
    await queryRunner.query('DROP INDEX "public"."IDX_e03e31c925a36a4bd1343e6e44"');
    await queryRunner.query('DROP TABLE "gitlab_accounts"');
    await queryRunner.query('DROP INDEX "public"."IDX_a7e33b9857772edc6a51ccf98c"');
    await queryRunner.query('DROP INDEX "public"."IDX_1fc8dc4af01c65fbb1f447c4e1"');
    await queryRunner.query('DROP INDEX "public"."IDX_d7ef0b9eb99ef933924c002ac6"');
    await queryRunner.query('DROP INDEX "public"."IDX_2304b3bb08494e11e14c5425aa"');
    await queryRunner.query('DROP INDEX "public"."IDX_3648e11676f1929b9875ee272b"');
    await queryRunner.query('DROP TABLE "audit_events"');
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_19fc69b6e9b0294ee2a40a83bf" ON "ssh_keys" USING btree ("user_id", "fingerprint") ',
    );
  }
}
