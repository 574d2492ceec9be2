import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const TAGS = {
  sessions: 'Signing in and out',
  people: 'Who may come in',
  profile: 'What belongs to you alone',
  hosts: 'LXD and Incus servers',
  projects: 'Teams that own containers',
  containers: 'Containers',
  zones: 'What the name server is the authority for',
  operations: 'The records of what was asked for',
  audit: 'Who did what',
  gitlab: 'What GitLab tells us',
  events: 'Live changes',
  health: 'For whoever watches over the processes',
};

/** The OpenAPI document: the only contract with the console. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('LXD Manager')
    .setDescription(
      'One API over many independent LXD and Incus hosts. Programs send a token as `Authorization: Token …` or `Bearer …`. Browsers sign in with POST /api/session or by GitLab, and send the csrfToken as X-XSRF-TOKEN with everything that changes something. Errors are application/problem+json (RFC 9457).',
    )
    .setVersion('0.1.0')
    .addCookieAuth('lxdm_session', { type: 'apiKey', in: 'cookie', name: 'lxdm_session' }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'token')
    .addSecurityRequirements('session')
    .addSecurityRequirements('token');
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  return SwaggerModule.createDocument(app, builder.build());
}

/** Serves the document, and a page to read it that loads nothing from elsewhere. */
export function serveApiDocument(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => apiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'LXD Manager API',
  });
}
