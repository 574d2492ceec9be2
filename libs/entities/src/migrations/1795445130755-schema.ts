import { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema. */
export class Schema1795445130755 implements MigrationInterface {
  readonly name = 'Schema1795445130755';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "changes" ("seq" BIGSERIAL NOT NULL, "kind" text NOT NULL, "entity_id" uuid NOT NULL, "project_id" uuid, "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_6ebae225b8451fb270bfdaacd56" PRIMARY KEY ("seq"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_d4b00861e7fdbd0cbfe86b6e50" ON "changes"  ("at") ');
    await queryRunner.query(
      'CREATE TABLE "subnets" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "cidr" cidr NOT NULL, "family" smallint NOT NULL, CONSTRAINT "UQ_2577e5315f47c1edc6ddb98bd2a" UNIQUE ("cidr"), CONSTRAINT "PK_e8cfb9718c7de1fb9413293f16e" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "hosts" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "name" text NOT NULL, "name_key" text NOT NULL, "url" text NOT NULL, "monitoring_url" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "pin" text, "trust_secret" text, "trust_kind" text, "deleted_at" TIMESTAMP WITH TIME ZONE, "generation" integer NOT NULL DEFAULT \'1\', "server" text, "server_version" text, "seen_fingerprint" text, "trusted" boolean NOT NULL DEFAULT false, "observed_generation" integer NOT NULL DEFAULT \'0\', "last_seen_at" TIMESTAMP WITH TIME ZONE, "observed_error" text, "memory_total_bytes" bigint, "memory_used_bytes" bigint, "removed_at" TIMESTAMP WITH TIME ZONE, "lease_fence" integer NOT NULL DEFAULT \'0\', "lease_until" TIMESTAMP WITH TIME ZONE, "next_attempt_at" TIMESTAMP WITH TIME ZONE, "attempts" integer NOT NULL DEFAULT \'0\', CONSTRAINT "PK_c4bcf0826e0e2847faee4da1746" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_5853eaebe9e4b23560872a5138" ON "hosts"  ("url") WHERE removed_at IS NULL',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_0d55855acc4d788a433d64bacf" ON "hosts"  ("name_key") WHERE removed_at IS NULL',
    );
    await queryRunner.query(
      'CREATE TABLE "projects" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "name" text NOT NULL, "name_key" text NOT NULL, "description" text NOT NULL DEFAULT \'\', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_31e1bd267ab3ef570fbac9b7583" UNIQUE ("name_key"), CONSTRAINT "PK_6271df0a7aed1d6c0691ce6ac50" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "containers" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "name" text NOT NULL, "name_key" text NOT NULL, "description" text NOT NULL DEFAULT \'\', "project_id" uuid, "adopted" boolean NOT NULL DEFAULT false, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "host_id" uuid NOT NULL, "image" text, "nesting" boolean NOT NULL DEFAULT false, "hwaddr_eth0" text NOT NULL, "hwaddr_eth1" text NOT NULL, "power" text, "restart_generation" integer NOT NULL DEFAULT \'0\', "stop_force" boolean NOT NULL DEFAULT false, "stop_timeout_seconds" integer NOT NULL DEFAULT \'30\', "deleted_at" TIMESTAMP WITH TIME ZONE, "generation" integer NOT NULL DEFAULT \'1\', "observed_status" text, "observed_image" text, "observed_uuid" text, "observed_hwaddr_eth1" text, "created_on_host_at" TIMESTAMP WITH TIME ZONE, "missing_since" TIMESTAMP WITH TIME ZONE, "observed_generation" integer NOT NULL DEFAULT \'0\', "observed_restart_generation" integer NOT NULL DEFAULT \'0\', "restart_from" text, "observed_at" TIMESTAMP WITH TIME ZONE, "observed_error" text, "removed_at" TIMESTAMP WITH TIME ZONE, "lease_fence" integer NOT NULL DEFAULT \'0\', "lease_until" TIMESTAMP WITH TIME ZONE, "next_attempt_at" TIMESTAMP WITH TIME ZONE, "attempts" integer NOT NULL DEFAULT \'0\', CONSTRAINT "PK_21cbac3e68f7b1cf53d39cda70c" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE INDEX "containers_unsettled" ON "containers"  ("next_attempt_at") WHERE removed_at IS NULL AND generation <> observed_generation',
    );
    await queryRunner.query(
      'CREATE INDEX "IDX_ed792c6924d15c6aaebee875e2" ON "containers"  ("project_id") WHERE removed_at IS NULL',
    );
    await queryRunner.query(
      'CREATE INDEX "IDX_25ff5b630adab329b7ff184e06" ON "containers"  ("host_id") WHERE removed_at IS NULL',
    );
    await queryRunner.query(
      'CREATE INDEX "containers_sorted" ON "containers"  ("name_key", "id") WHERE removed_at IS NULL',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "containers_name_on_host" ON "containers"  ("host_id", "name") WHERE removed_at IS NULL',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "containers_name" ON "containers"  ("name_key") WHERE removed_at IS NULL AND NOT adopted',
    );
    await queryRunner.query(
      'CREATE TABLE "ssh_host_keys" ("container_id" uuid NOT NULL, "type" text NOT NULL, "public_key" text NOT NULL, "private_key_sealed" text NOT NULL, "fingerprint" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_94392c1dd753bcc0562436198aa" PRIMARY KEY ("container_id", "type"))',
    );
    await queryRunner.query(
      'CREATE TABLE "addresses" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "container_id" uuid NOT NULL, "interface" text NOT NULL, "address" inet NOT NULL, "family" smallint NOT NULL, "assigned" boolean NOT NULL DEFAULT false, "published" boolean NOT NULL DEFAULT false, "observed_at" TIMESTAMP WITH TIME ZONE, "present" boolean NOT NULL DEFAULT false, CONSTRAINT "PK_745d8f43d3af10ab8247465e450" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_4ab1df046887cb19a8caea147c" ON "addresses"  ("address") WHERE published',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_f0901a78d4a38faeea2ee750b5" ON "addresses"  ("container_id", "interface", "address") ',
    );
    await queryRunner.query(
      'CREATE TABLE "heartbeats" ("process" text NOT NULL, "instance" text NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "problem" text, CONSTRAINT "PK_6e60f10961c737afd46ce0b6747" PRIMARY KEY ("process", "instance"))',
    );
    await queryRunner.query(
      'CREATE TABLE "images" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "host_id" uuid NOT NULL, "fingerprint" text NOT NULL, "aliases" text array NOT NULL DEFAULT \'{}\', "description" text NOT NULL DEFAULT \'\', "os" text NOT NULL DEFAULT \'\', "release" text NOT NULL DEFAULT \'\', "architecture" text NOT NULL DEFAULT \'\', "size_bytes" bigint NOT NULL DEFAULT \'0\', "observed_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_1fe148074c6a1a91b63cb9ee3c9" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_af4f12f697cc0ddcc8e94e8491" ON "images"  ("host_id", "fingerprint") ',
    );
    await queryRunner.query(
      'CREATE TABLE "users" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "username" text NOT NULL, "username_key" text NOT NULL, "display_name" text NOT NULL DEFAULT \'\', "password_hash" text, "is_admin" boolean NOT NULL DEFAULT false, "approved_at" TIMESTAMP WITH TIME ZONE, "blocked_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_43f388ec81c5e6e796845dad903" UNIQUE ("username_key"), CONSTRAINT "PK_a3ffb1c0c8416b9fc6f907b7433" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "operations" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "seq" BIGSERIAL NOT NULL, "type" text NOT NULL, "status" text NOT NULL DEFAULT \'Pending\', "target_kind" text NOT NULL, "target_id" uuid NOT NULL, "target_name" text NOT NULL, "project_id" uuid, "target_generation" integer NOT NULL, "steps" jsonb NOT NULL DEFAULT \'[]\', "progress" smallint, "error_code" text, "error_message" text, "requested_by_id" uuid, "idempotency_key" text, "request_digest" text, "request_id" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "started_at" TIMESTAMP WITH TIME ZONE, "finished_at" TIMESTAMP WITH TIME ZONE, "deadline_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_7b62d84d6f9912b975987165856" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_bac8e0530ab08694ea62a5f48e" ON "operations"  ("project_id") ');
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_21083232b0004f209801487788" ON "operations"  ("requested_by_id", "idempotency_key") WHERE idempotency_key IS NOT NULL',
    );
    await queryRunner.query(
      'CREATE INDEX "operations_outstanding" ON "operations"  ("target_id") WHERE status IN (\'Pending\', \'Running\')',
    );
    await queryRunner.query('CREATE INDEX "IDX_4c0084a84acc06960119064bfd" ON "operations"  ("created_at") ');
    await queryRunner.query(
      'CREATE INDEX "IDX_d4f13402674707f46d9ac92618" ON "operations"  ("target_id", "created_at") ',
    );
    await queryRunner.query(
      'CREATE TABLE "members" ("project_id" uuid NOT NULL, "user_id" uuid NOT NULL, "role" text NOT NULL, CONSTRAINT "PK_0d3cbbb148e13e8568cba6fd393" PRIMARY KEY ("project_id", "user_id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_da404b5fd9c390e25338996e2d" ON "members"  ("user_id") ');
    await queryRunner.query(
      'CREATE TABLE "sessions" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "token_hash" text NOT NULL, "user_id" uuid NOT NULL, "address" text NOT NULL, "user_agent" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "last_seen_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "UQ_abaa9e068cdd390bc5210f79884" UNIQUE ("token_hash"), CONSTRAINT "PK_3238ef96f18b355b671619111bc" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_085d540d9f418cfbdc7bd55bb1" ON "sessions"  ("user_id") ');
    await queryRunner.query('CREATE INDEX "IDX_9cfe37d28c3b229a350e086d94" ON "sessions"  ("expires_at") ');
    await queryRunner.query(
      'CREATE TABLE "ssh_keys" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "user_id" uuid NOT NULL, "type" text NOT NULL, "public_key" text NOT NULL, "comment" text NOT NULL, "fingerprint" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_8d68194272e979ab2d77700b1a4" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_19fc69b6e9b0294ee2a40a83bf" ON "ssh_keys"  ("user_id", "fingerprint") ',
    );
    await queryRunner.query(
      'CREATE TABLE "zones" ("name" text NOT NULL, "serial" bigint NOT NULL DEFAULT \'1\', CONSTRAINT "PK_4f5b05ffd4b4daee685dea35ed4" PRIMARY KEY ("name"))',
    );
    await queryRunner.query(
      'CREATE TABLE "host_subnets" ("host_id" uuid NOT NULL, "subnet_id" uuid NOT NULL, CONSTRAINT "PK_78e141d2946d6bfbdbb86c8c893" PRIMARY KEY ("host_id", "subnet_id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_1740ffc8278b3a1121ffd6565a" ON "host_subnets"  ("host_id") ');
    await queryRunner.query('CREATE INDEX "IDX_e13854d2a51e600ffc943bdffd" ON "host_subnets"  ("subnet_id") ');
    await queryRunner.query(
      'ALTER TABLE "containers" ADD CONSTRAINT "FK_57694b51b1cbef065d4b9f0e3f9" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "containers" ADD CONSTRAINT "FK_745e57e7a179147a678afcb1010" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE RESTRICT ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "ssh_host_keys" ADD CONSTRAINT "FK_a1da79b0bf2fb3babc0e2cb6979" FOREIGN KEY ("container_id") REFERENCES "containers"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "addresses" ADD CONSTRAINT "FK_23a9034aaf2bde5869c9e151488" FOREIGN KEY ("container_id") REFERENCES "containers"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "images" ADD CONSTRAINT "FK_0d101a1f0aeb3c2493b251dad84" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "operations" ADD CONSTRAINT "FK_669e719263885ebcf491eb2689b" FOREIGN KEY ("requested_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "members" ADD CONSTRAINT "FK_6b404f0e6c44a892e2ff5598f24" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "members" ADD CONSTRAINT "FK_da404b5fd9c390e25338996e2d1" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "sessions" ADD CONSTRAINT "FK_085d540d9f418cfbdc7bd55bb19" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "ssh_keys" ADD CONSTRAINT "FK_db5e50d55c54341ee29fd71fb01" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "host_subnets" ADD CONSTRAINT "FK_1740ffc8278b3a1121ffd6565ab" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE CASCADE',
    );
    await queryRunner.query(
      'ALTER TABLE "host_subnets" ADD CONSTRAINT "FK_e13854d2a51e600ffc943bdffd3" FOREIGN KEY ("subnet_id") REFERENCES "subnets"("id") ON DELETE CASCADE ON UPDATE CASCADE',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "host_subnets" DROP CONSTRAINT "FK_e13854d2a51e600ffc943bdffd3"');
    await queryRunner.query('ALTER TABLE "host_subnets" DROP CONSTRAINT "FK_1740ffc8278b3a1121ffd6565ab"');
    await queryRunner.query('ALTER TABLE "ssh_keys" DROP CONSTRAINT "FK_db5e50d55c54341ee29fd71fb01"');
    await queryRunner.query('ALTER TABLE "sessions" DROP CONSTRAINT "FK_085d540d9f418cfbdc7bd55bb19"');
    await queryRunner.query('ALTER TABLE "members" DROP CONSTRAINT "FK_da404b5fd9c390e25338996e2d1"');
    await queryRunner.query('ALTER TABLE "members" DROP CONSTRAINT "FK_6b404f0e6c44a892e2ff5598f24"');
    await queryRunner.query('ALTER TABLE "operations" DROP CONSTRAINT "FK_669e719263885ebcf491eb2689b"');
    await queryRunner.query('ALTER TABLE "images" DROP CONSTRAINT "FK_0d101a1f0aeb3c2493b251dad84"');
    await queryRunner.query('ALTER TABLE "addresses" DROP CONSTRAINT "FK_23a9034aaf2bde5869c9e151488"');
    await queryRunner.query('ALTER TABLE "ssh_host_keys" DROP CONSTRAINT "FK_a1da79b0bf2fb3babc0e2cb6979"');
    await queryRunner.query('ALTER TABLE "containers" DROP CONSTRAINT "FK_745e57e7a179147a678afcb1010"');
    await queryRunner.query('ALTER TABLE "containers" DROP CONSTRAINT "FK_57694b51b1cbef065d4b9f0e3f9"');
    await queryRunner.query('DROP INDEX "public"."IDX_e13854d2a51e600ffc943bdffd"');
    await queryRunner.query('DROP INDEX "public"."IDX_1740ffc8278b3a1121ffd6565a"');
    await queryRunner.query('DROP TABLE "host_subnets"');
    await queryRunner.query('DROP TABLE "zones"');
    await queryRunner.query('DROP INDEX "public"."IDX_19fc69b6e9b0294ee2a40a83bf"');
    await queryRunner.query('DROP TABLE "ssh_keys"');
    await queryRunner.query('DROP INDEX "public"."IDX_9cfe37d28c3b229a350e086d94"');
    await queryRunner.query('DROP INDEX "public"."IDX_085d540d9f418cfbdc7bd55bb1"');
    await queryRunner.query('DROP TABLE "sessions"');
    await queryRunner.query('DROP INDEX "public"."IDX_da404b5fd9c390e25338996e2d"');
    await queryRunner.query('DROP TABLE "members"');
    await queryRunner.query('DROP INDEX "public"."IDX_d4f13402674707f46d9ac92618"');
    await queryRunner.query('DROP INDEX "public"."IDX_4c0084a84acc06960119064bfd"');
    await queryRunner.query('DROP INDEX "public"."operations_outstanding"');
    await queryRunner.query('DROP INDEX "public"."IDX_21083232b0004f209801487788"');
    await queryRunner.query('DROP INDEX "public"."IDX_bac8e0530ab08694ea62a5f48e"');
    await queryRunner.query('DROP TABLE "operations"');
    await queryRunner.query('DROP TABLE "users"');
    await queryRunner.query('DROP INDEX "public"."IDX_af4f12f697cc0ddcc8e94e8491"');
    await queryRunner.query('DROP TABLE "images"');
    await queryRunner.query('DROP TABLE "heartbeats"');
    await queryRunner.query('DROP INDEX "public"."IDX_f0901a78d4a38faeea2ee750b5"');
    await queryRunner.query('DROP INDEX "public"."IDX_4ab1df046887cb19a8caea147c"');
    await queryRunner.query('DROP TABLE "addresses"');
    await queryRunner.query('DROP TABLE "ssh_host_keys"');
    await queryRunner.query('DROP INDEX "public"."containers_name"');
    await queryRunner.query('DROP INDEX "public"."containers_name_on_host"');
    await queryRunner.query('DROP INDEX "public"."containers_sorted"');
    await queryRunner.query('DROP INDEX "public"."IDX_25ff5b630adab329b7ff184e06"');
    await queryRunner.query('DROP INDEX "public"."IDX_ed792c6924d15c6aaebee875e2"');
    await queryRunner.query('DROP INDEX "public"."containers_unsettled"');
    await queryRunner.query('DROP TABLE "containers"');
    await queryRunner.query('DROP TABLE "projects"');
    await queryRunner.query('DROP INDEX "public"."IDX_0d55855acc4d788a433d64bacf"');
    await queryRunner.query('DROP INDEX "public"."IDX_5853eaebe9e4b23560872a5138"');
    await queryRunner.query('DROP TABLE "hosts"');
    await queryRunner.query('DROP TABLE "subnets"');
    await queryRunner.query('DROP INDEX "public"."IDX_d4b00861e7fdbd0cbfe86b6e50"');
    await queryRunner.query('DROP TABLE "changes"');
  }
}
