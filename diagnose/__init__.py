"""Serve: command line, web service and records around the engine.

The engine is `questionnaires` (ask), `models` (judge) and `reports` (tell). Its story is told once,
in `story`; the batch and the service both tell it. From the ground up (setup.cfg holds imports to
this order):

What is kept
    `records` the tables, the sealed audit log and the way to the database; `migrations` how they
    came to be; `storage` files. `settings` and `logs` are read by every
    process; `refusing` is how one is told that something cannot be done.
Who may
    `access` capabilities and the rows each account sees; `accounts` passwords, codes, sign-in;
    `tokens` parts of an account for the API.
What is known, read back for the engine
    `reading` questionnaire, judge and answers; `pool` the firms one is compared with.
What lives told as data share
    `moves` from place to place, who may make them and why one is refused.
The programme, a room for each craft, without pages
    `roster` the firms of a district as events and as they stand on any day; `assigning` diagnoses
    to providers; `agenda` what to check on site; `planning` the project plan; `quality` the score
    of a report; `reporting` reports gathered, told and frozen; `coverage` who counts;
    `uploads` what may come in.
What follows from diagnoses
    `campaigns` who is to be diagnosed by when; `needs` the census of retrofit needs; `retrofits`
    the life of a project; `subsidies` where public money helps most; `benchmarks` examples, their
    copies and supply chains; `tasks` of a plan; `analysis` the district in figures; `ledgers` and
    `bulletins` what is handed on and given out.
What moves on
    `workflow` the states of a diagnosis and its one way to move; `reviewing` who reviews and what
    follows; `jobs` long work beside the pages and what is due once a day.
How people meet it
    `web` pages and API, a folder an area; `serving` the processes; `commands` and `cli` the command
    line; `health` what is wrong with a deployment.
Without a database
    `running` the batch: a file of sheets in, a folder of results out.
For show
    `fictional` an invented district; `demonstration` everybody at work in it.
"""
