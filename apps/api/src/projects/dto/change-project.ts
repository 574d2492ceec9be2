import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsString, IsUrl, Matches, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';
import { CreateToken } from '../../profile/dto/token';
import { ROLES } from './project';

const NAME = /^(?! )[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+(?<! )$/u;
const NAME_FAULT = 'A name is not empty, has no spaces at its ends and no control characters.';
const SERVICE_SCOPES = ['read', 'write'] as const;
const SERVICE_ROLES = ['operator', 'viewer'] as const;

/** A project that is wanted. */
export class CreateProject {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @MaxLength(100)
  @Matches(NAME, { message: NAME_FAULT })
  name!: string;

  @ApiPropertyOptional({ maxLength: 10_000 })
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  description?: string;
}

/** What is to be different about a project; what is left out stays. */
export class ChangeProject {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @MayBeAbsent()
  @IsString()
  @MaxLength(100)
  @Matches(NAME, { message: NAME_FAULT })
  name?: string;

  @ApiPropertyOptional({ maxLength: 10_000 })
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  description?: string;
}

/** What a member may do. */
export class SetMember {
  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role!: (typeof ROLES)[number];
}

/** The GitLab group whose members the project is to have. */
export class BindGroup {
  @ApiPropertyOptional({
    maxLength: 300,
    description: 'The base URL of the GitLab; left out, the first that is configured.',
  })
  @MayBeAbsent()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(300)
  issuer?: string;

  @ApiProperty({ maxLength: 255, description: 'The full path of the group, as in its address: "company/team".' })
  @IsString()
  @MaxLength(255)
  @Matches(/^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/, { message: 'This is no path of a GitLab group.' })
  path!: string;
}

/** A service that is wanted. */
export class CreateService {
  @ApiProperty({ minLength: 2, maxLength: 63, description: 'Services and people share one set of names.' })
  @IsString()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,61}[A-Za-z0-9]$/, {
    message:
      'A name has 2 to 63 letters, digits, dots, dashes and underscores; it begins and ends with a letter or digit.',
  })
  name!: string;

  @ApiProperty({ enum: SERVICE_ROLES })
  @IsIn(SERVICE_ROLES)
  role!: (typeof SERVICE_ROLES)[number];
}

/** A token of a service that is wanted; no service acts as an admin. */
export class CreateServiceToken extends OmitType(CreateToken, ['scope']) {
  @ApiProperty({ enum: SERVICE_SCOPES, description: 'To look, or to do what the service may.' })
  @IsIn(SERVICE_SCOPES, { message: 'A scope is "read" or "write".' })
  scope!: (typeof SERVICE_SCOPES)[number];
}
