import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const ROLES = ['owner', 'operator', 'viewer'] as const;
type Role = (typeof ROLES)[number];

/** A user's place in a project. */
export class ProjectMember {
  @ApiProperty({ format: 'uuid' }) userId!: string;
  @ApiProperty() username!: string;
  @ApiProperty({ enum: ROLES }) role!: Role;
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
  @ApiProperty({ type: 'integer' }) containers!: number;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}

/** A project that is wanted. */
export class CreateProject {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @MaxLength(100)
  @Matches(/^(?! )[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+(?<! )$/u, {
    message: 'A name is not empty, has no spaces at its ends and no control characters.',
  })
  name!: string;

  @ApiPropertyOptional({ maxLength: 10_000 })
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  description?: string;
}
