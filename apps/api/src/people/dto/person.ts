import { ApiProperty } from '@nestjs/swagger';
import { Ref } from '../../containers/dto/container';

/** A project that somebody is a member of. */
export class PersonProject extends Ref {
  @ApiProperty({ enum: ['owner', 'operator', 'viewer'] }) role!: 'owner' | 'operator' | 'viewer';
}

/** What GitLab said of somebody. */
export class PersonGitlab {
  @ApiProperty() issuer!: string;
  @ApiProperty() username!: string;
  @ApiProperty({ enum: ['active', 'blocked', 'gone'] }) state!: 'active' | 'blocked' | 'gone';
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) syncedAt!: string | null;
  @ApiProperty({ type: String, nullable: true }) syncError!: string | null;
}

/** A person or a service. */
export class Person {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() username!: string;
  @ApiProperty() displayName!: string;
  @ApiProperty({ enum: ['person', 'service'] }) kind!: 'person' | 'service';
  @ApiProperty({ enum: ['active', 'waiting', 'blocked'] }) standing!: 'active' | 'waiting' | 'blocked';
  @ApiProperty({ description: 'May turn sudo on.' }) isAdmin!: boolean;
  @ApiProperty({ description: 'Why an admin approved or blocked them.' }) reason!: string;
  @ApiProperty({ type: () => PersonGitlab, nullable: true }) gitlab!: PersonGitlab | null;
  @ApiProperty({ type: () => [PersonProject] }) projects!: PersonProject[];
  @ApiProperty({ type: 'integer' }) sshKeys!: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) lastSeenAt!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) approvedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) blockedAt!: string | null;
}

/** A page of people. */
export class PersonPage {
  @ApiProperty({ type: () => [Person] }) items!: Person[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: 'integer' }) page!: number;
  @ApiProperty({ type: 'integer' }) pageSize!: number;
}

/** Somebody who can be added to a project. */
export class FoundPerson {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() username!: string;
  @ApiProperty() displayName!: string;
}
