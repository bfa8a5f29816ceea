import { z } from 'zod';
import * as schema from './schema.js';

interface Operation {
  readonly summary: string;
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly answer: z.ZodType | 'file';
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'get /api/state': { summary: 'What runs, and what this server can do', answer: schema.state },
  'get /api/rules': { summary: 'Categories, articles, data types and checks in use', answer: schema.rules },
  'get /api/sessions': { summary: 'Stored sessions, newest first', answer: schema.sessionList },
  'post /api/sessions': {
    summary:
      'Begin a session; the one that runs ends in the same moment. Each request is in the session that records when its last byte has come; ' +
      'the answer to an earlier one is in none',
    body: schema.sessionBody,
    answer: schema.sessionAnswer,
  },
  'get /api/sessions/{id}': { summary: 'One session with all its findings', path: schema.sessionParams, answer: schema.overview },
  'get /api/sessions/{id}/traffic': {
    summary: 'What was carried so far, and what of it was cut, lost or only partly read; the feed does not tell these',
    path: schema.sessionParams,
    answer: schema.traffic,
  },
  'delete /api/sessions/{id}': { summary: 'Delete a stored session', path: schema.sessionParams, answer: schema.deleted },
  'get /api/sessions/{id}/findings/{finding}': {
    summary: 'One finding with its occurrences, in order of time, values masked',
    path: schema.findingParams,
    query: schema.page,
    answer: schema.findingAnswer,
  },
  'get /api/sessions/{id}/exchanges': {
    summary: 'Request list, newest first',
    path: schema.sessionParams,
    query: schema.rowQuery,
    answer: schema.exchangeList,
  },
  'get /api/sessions/{id}/exchanges/{seq}': {
    summary: 'One exchange as marked text, values masked',
    path: schema.exchangeParams,
    query: schema.viewQuery,
    answer: schema.exchangeView,
  },
  'post /api/sessions/{id}/exchanges/{seq}/reveal': {
    summary: 'The same with values in clear; every call is logged',
    path: schema.exchangeParams,
    body: schema.revealBody,
    answer: schema.exchangeView,
  },
  'get /api/sessions/{id}/reveals': {
    summary: 'Who looked at clear values, newest first',
    path: schema.sessionParams,
    answer: schema.revealList,
  },
  'post /api/sessions/{id}/subject': {
    summary:
      'Change app, categories, context answers, declared inventory, and all is judged anew; answers to the refusal test and accepted findings',
    path: schema.sessionParams,
    body: schema.subjectBody,
    answer: schema.sessionAnswer,
  },
  'get /api/sessions/{id}/refusal': {
    summary: 'The questions of the refusal test (article 4); the answers are in the subject',
    path: schema.sessionParams,
    answer: schema.refusalList,
  },
  'get /api/sessions/{id}/search': {
    summary: 'Findings in whose requests a text is met: URLs and bodies, decoded',
    path: schema.sessionParams,
    query: schema.searchQuery,
    answer: schema.searchAnswer,
  },
  'get /api/sessions/{id}/devices': {
    summary: 'Every phone that sent something or opened the onboarding page, in the order in which they came; labels are in the subject',
    path: schema.sessionParams,
    answer: schema.deviceList,
  },
  'get /api/sessions/{id}/persona': {
    summary: 'The known values of the test person, masked',
    path: schema.sessionParams,
    answer: schema.personaAnswer,
  },
  'put /api/sessions/{id}/persona': {
    summary: 'Change the known values; later requests are looked through for them. Values go in and never come out',
    path: schema.sessionParams,
    body: schema.personaBody,
    answer: schema.personaAnswer,
  },
  'post /api/sessions/{id}/rejudge': {
    summary: 'Read a session that is over again, with the values that are known now; the earlier judgement is kept',
    path: schema.sessionParams,
    answer: schema.rejudgeAnswer,
  },
  'get /api/retention': { summary: 'How long sessions are kept, and how many are older', answer: schema.retentionAnswer },
  'put /api/retention': {
    summary: "Change it, in the user's settings file",
    body: schema.retentionBody,
    answer: schema.retentionAnswer,
  },
  'post /api/retention/purge': {
    summary: 'Delete the sessions that are older',
    body: schema.purgeBody,
    answer: schema.purgeAnswer,
  },
  'get /api/diff': {
    summary: 'What one session sends that another does not',
    query: schema.diffQuery,
    answer: schema.diffAnswer,
  },
  'post /api/sessions/{id}/scene': {
    summary: 'Begin a scene; the one that runs ends',
    path: schema.sessionParams,
    body: schema.sceneBody,
    answer: schema.sessionAnswer,
  },
  'delete /api/sessions/{id}/scene': { summary: 'End the scene that runs', path: schema.sessionParams, answer: schema.sessionAnswer },
  'post /api/sessions/{id}/rules': {
    summary: 'Read the rules again and judge by them; where they do not hold the ones before stay in force',
    path: schema.sessionParams,
    answer: schema.rulesReloaded,
  },
  'post /api/sessions/{id}/end': { summary: 'End the running session', path: schema.sessionParams, answer: schema.sessionAnswer },
  'post /api/pass-through': {
    summary: 'Relay a host without looking into it, or stop doing so',
    body: schema.passThroughBody,
    answer: schema.done,
  },
  'get /api/sessions/{id}/report': {
    summary: 'A report as a file',
    path: schema.sessionParams,
    query: schema.reportQuery,
    answer: 'file',
  },
  'post /api/sessions/{id}/report': {
    summary: 'A report of some findings only, as a file',
    path: schema.sessionParams,
    body: schema.selectionBody,
    answer: 'file',
  },
};

function jsonSchema(type: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { target: 'draft-2020-12', io });
  return rest;
}

function parameters(type: z.ZodObject | undefined, place: 'path' | 'query'): readonly object[] {
  return Object.entries(type?.shape ?? {}).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: jsonSchema(z.object({ value: shape }), 'input').valueOf(),
  }));
}

function operation({ summary, path, query, body, answer }: Operation): object {
  return {
    summary,
    parameters: [...parameters(path, 'path'), ...parameters(query, 'query')].map(flatten),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }),
    responses: {
      200: {
        description: 'OK',
        content:
          answer === 'file'
            ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
            : { 'application/json': { schema: jsonSchema(answer, 'output') } },
      },
      default: {
        description: 'A coded error with its next step',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
      },
    },
  };
}

/** A parameter's schema is made inside an object, because only whole types can be turned into JSON Schema; here it is taken out. */
function flatten(parameter: object): object {
  const { schema: wrapped, ...rest } = parameter as { schema: { properties: { value: object } } };
  return { ...rest, schema: wrapped.properties.value };
}

/** OpenAPI 3.1 of the page's server; `src/live/api.schema.json` is its copy for readers. */
export function apiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [key, value] of Object.entries(OPERATIONS)) {
    const [method = '', path = ''] = key.split(' ');
    paths[path] = { ...paths[path], [method]: operation(value) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Overreach live API',
      version: '1',
      description:
        'Loopback only. Every request needs the token: `Authorization: Bearer TOKEN`, or the cookie that `/?token=TOKEN` sets. ' +
        'The WebSocket at `/feed` (cookie or bearer, Origin of this server) sends `hello`, then `batch` frames, at most twenty a second; after ' +
        '`resync`, or when `from` is not the last `to` plus one, ask `/api/sessions/{id}` again and go on with frames whose `to` is greater ' +
        'than the `batch` of that answer. Batches count on from one session to the next; a frame is of one session, and the first frame with ' +
        'another `session.id` says that it has begun. The client sends nothing.',
    },
    paths,
    components: {
      schemas: { Failure: jsonSchema(schema.failure, 'output'), FeedMessage: jsonSchema(schema.feedMessage, 'output') },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ bearer: [] }],
  };
}
