import { ApiProperty } from '@nestjs/swagger';

export const ROLES = ['owner', 'operator', 'viewer'] as const;
type Role = (typeof ROLES)[number];

const SOURCES = ['manual', 'gitlab'] as const;
const KINDS = ['person', 'service'] as const;

/** A user's place in a project. */
export class ProjectMember {
  @ApiProperty({ format: 'uuid' }) userId!: string;
  @ApiProperty() username!: string;
  @ApiProperty() displayName!: string;
  @ApiProperty({ enum: ROLES }) role!: Role;
  @ApiProperty({
    enum: SOURCES,
    description: 'Who said so: an owner, or the GitLab group that the project is bound to.',
  })
  source!: (typeof SOURCES)[number];
  @ApiProperty({ enum: KINDS }) kind!: (typeof KINDS)[number];
}

/** The GitLab group whose members are the project's. */
export class ProjectGitlab {
  @ApiProperty({ description: 'The base URL of the GitLab.' }) issuer!: string;
  @ApiProperty({ description: "The group's number there." }) groupId!: string;
  @ApiProperty() groupPath!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) syncedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why the members could not be read last.' })
  error!: string | null;
}

/** A team that owns containers. */
export class Project {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() description!: string;
  @ApiProperty({
    enum: ROLES,
    nullable: true,
    type: String,
    description: 'Your own role; null when you see it as an admin only.',
  })
  role!: Role | null;
  @ApiProperty({ type: () => [ProjectMember] }) members!: ProjectMember[];
  @ApiProperty({ type: () => ProjectGitlab, nullable: true }) gitlab!: ProjectGitlab | null;
  @ApiProperty({ type: 'integer' }) containers!: number;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}
