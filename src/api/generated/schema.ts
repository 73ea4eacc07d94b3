// Made by `npm run openapi` from src/api/openapi.json.
export interface paths {
    "/api/v1/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A cycle with its objectives and Key Results, as they stand
         * @description With `asOf`, as it was believed at that instant, or at the close of that day. Each row says in `week` how it has changed since `comparedAt`. With `trend=line` the days of a metric come as `trendLine`, which is a third as long. `keyResults` names rows by id or key, with commas between: no others come, though the objectives tell their whole progress.
         */
        get: operations["getBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One Key Result with its history, forecast and alerts */
        get: operations["getKeyResult"];
        put?: never;
        post?: never;
        /** Put a Key Result away */
        delete: operations["archiveKeyResult"];
        options?: never;
        head?: never;
        /** Change a Key Result */
        patch: operations["updateKeyResult"];
        trace?: never;
    };
    "/api/v1/key-results/{id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** From the progress number to the requests behind it */
        get: operations["explainKeyResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Key Results as they stand */
        get: operations["listKeyResults"];
        put?: never;
        /** Make a Key Result */
        post: operations["createKeyResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What measures a Key Result */
        get: operations["listBindings"];
        put?: never;
        /** Measure a Key Result by a metric */
        post: operations["bindKeyResult"];
        /** Measure it by nothing any more */
        delete: operations["unbindKeyResult"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cycles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cycles, the newest first */
        get: operations["listCycles"];
        put?: never;
        /** Make a cycle */
        post: operations["createCycle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/objectives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Objectives, in the order of their making */
        get: operations["listObjectives"];
        put?: never;
        /** Make an objective */
        post: operations["createObjective"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers that can be connected */
        get: operations["listConnectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections, in the order of their making */
        get: operations["listConnections"];
        put?: never;
        /** Connect a provider */
        post: operations["createConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One connection; its secrets are never told */
        get: operations["getConnection"];
        put?: never;
        post?: never;
        /** Put a connection away with its metrics; nothing of it is read any more */
        delete: operations["archiveConnection"];
        options?: never;
        head?: never;
        /**
         * Change a connection, or replace its key
         * @description A stored secret is bound to the hosts it was saved for: another endpoint needs the secrets again.
         */
        patch: operations["updateConnection"];
        trace?: never;
    };
    "/api/v1/connections/{id}/test-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the provider whether the key works */
        post: operations["checkConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the provider whether a key works that is not saved
         * @description Nothing is stored, and nobody is told.
         */
        post: operations["checkDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the provider whether a connection would work after a change
         * @description Nothing is stored; until the change is made, what is stored goes on working.
         */
        post: operations["checkChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much of the provider’s limits is used */
        get: operations["listBudgets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the points of its metrics reach */
        get: operations["listCoverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/measurable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a connection can measure */
        get: operations["listMeasurable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bindings/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a metric would measure; nothing is stored */
        post: operations["previewMetric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics, in the order of their making */
        get: operations["listMetrics"];
        put?: never;
        /** Save a metric of a connection */
        post: operations["createMetric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/{id}/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Points of a metric, oldest first */
        get: operations["listPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read now
         * @description One connection, the one behind a Key Result, or all. A run that waits already is answered instead.
         */
        post: operations["startSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Syncs, the newest first */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One sync */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/write-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write evaluated days back as events, or stop */
        post: operations["switchWriteBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description By the token of a sign-in link, or by e-mail address and password. Sets the session cookie.
         */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passwords": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a password by the link of an invitation or a reset */
        post: operations["setPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move this session to another workspace of its user */
        post: operations["switchWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link that signs a browser in once
         * @description Valid for 30 minutes. The token stands in the fragment of the address. Its answer tells a secret, this once: with an Idempotency-Key only that it was answered is kept.
         */
        post: operations["createSignInLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is asking, and what they may */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one’s own password */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One’s own API tokens */
        get: operations["listTokens"];
        put?: never;
        /**
         * Make an API token
         * @description The token is told this once; only its hash is kept. Its answer tells a secret, this once: with an Idempotency-Key only that it was answered is kept.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API token, from now on */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The members of the workspace */
        get: operations["listMembers"];
        put?: never;
        /**
         * Invite somebody
         * @description Its answer tells a secret, this once: with an Idempotency-Key only that it was answered is kept.
         */
        post: operations["addMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One member */
        get: operations["getMember"];
        put?: never;
        post?: never;
        /** Take somebody out of the workspace */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /** Give a member another role */
        patch: operations["changeRole"];
        trace?: never;
    };
    "/api/v1/members/{id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new invitation link
         * @description Its answer tells a secret, this once: with an Idempotency-Key only that it was answered is kept.
         */
        post: operations["inviteAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give a connection to a member */
        put: operations["setConnectionOwner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspaces of who is asking */
        get: operations["listWorkspaces"];
        put?: never;
        /**
         * Make a workspace with its first admin
         * @description Its answer tells a secret, this once: with an Idempotency-Key only that it was answered is kept.
         */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One workspace */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name or time zone of the workspace */
        patch: operations["updateWorkspace"];
        trace?: never;
    };
    "/api/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Channels */
        get: operations["listChannels"];
        put?: never;
        /**
         * Add a channel
         * @description Its answer tells a secret, this once: with an Idempotency-Key only that it was answered is kept.
         */
        post: operations["createChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One channel; its secrets are never told */
        get: operations["getChannel"];
        put?: never;
        post?: never;
        /** Put a channel away */
        delete: operations["archiveChannel"];
        options?: never;
        head?: never;
        /** Change when and of what a channel hears */
        patch: operations["changeChannel"];
        trace?: never;
    };
    "/api/v1/channels/{id}/test-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message */
        post: operations["testChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{id}/secret-rotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new signing secret; for a day both sign
         * @description Its answer tells a secret, this once: with an Idempotency-Key only that it was answered is kept.
         */
        post: operations["rotateChannelSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{id}/digest-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the digest would say now; nothing is sent */
        post: operations["previewDigest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages, the newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message: what it says, and its attempts */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/redeliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message once more */
        post: operations["redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alert-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules */
        get: operations["listAlertRules"];
        put?: never;
        /** Make a rule */
        post: operations["createAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alert-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rule */
        get: operations["getAlertRule"];
        put?: never;
        post?: never;
        /** Put a rule away */
        delete: operations["archiveAlertRule"];
        options?: never;
        head?: never;
        /** Change a rule, switch it off or on */
        patch: operations["changeAlertRule"];
        trace?: never;
    };
    "/api/v1/alert-rules/simulations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rule would have said over the past; nobody is told */
        post: operations["simulateAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts, the newest first */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alert, and who was told what */
        get: operations["getAlert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/acknowledgements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that somebody takes care of it */
        post: operations["acknowledgeAlert"];
        /** Take an acknowledgement back */
        delete: operations["withdrawAcknowledgement"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/snoozes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Silences in force, the one that ends first before the others */
        get: operations["listSnoozes"];
        put?: never;
        /** Silence something for a while */
        post: operations["createSnooze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/snoozes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a silence */
        delete: operations["endSnooze"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/check-in-cadence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How often somebody is asked to check in */
        get: operations["getCadence"];
        /** Set how often somebody is asked to check in */
        put: operations["setCadence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalogue of metrics */
        get: operations["listCatalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One metric of the catalogue, and what can measure it here */
        get: operations["getCatalogEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/{id}/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a metric of the catalogue would measure; nothing is stored */
        post: operations["previewMeasurement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names of events, the most frequent first */
        get: operations["listEventNames"];
        put?: never;
        /**
         * Bring a file of product events
         * @description A delivery is known by its Idempotency-Key for ever, to everybody of the workspace.
         */
        post: operations["uploadEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cycles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One cycle */
        get: operations["getCycle"];
        put?: never;
        post?: never;
        /** Put a cycle away */
        delete: operations["archiveCycle"];
        options?: never;
        head?: never;
        /** Change a cycle */
        patch: operations["updateCycle"];
        trace?: never;
    };
    "/api/v1/cycles/{id}/closings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a cycle and freeze its scorecard */
        post: operations["closeCycle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cycles/{id}/scorecard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The frozen scorecard of a closed cycle */
        get: operations["getScorecard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cycles/{id}/carry-overs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry what was not achieved into another cycle */
        post: operations["carryOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cycles/{id}/hints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What could make the plan of a cycle better */
        get: operations["listHints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/objectives/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One objective, and how its progress comes about */
        get: operations["getObjective"];
        put?: never;
        post?: never;
        /** Put an objective away with its Key Results */
        delete: operations["archiveObjective"];
        options?: never;
        head?: never;
        /** Change an objective */
        patch: operations["updateObjective"];
        trace?: never;
    };
    "/api/v1/key-results/{id}/binding-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a Key Result would be on a metric; nothing is stored */
        post: operations["previewBinding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/text/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a pasted text would become; nothing is stored */
        post: operations["readTextDrafts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Save objectives and Key Results out of a pasted text */
        post: operations["importText"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/measurements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the metric that a Key Result means, and bind it */
        post: operations["measureKeyResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/baselines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What progress is measured from, and what it was before */
        get: operations["listBaselines"];
        put?: never;
        /** State the start by hand, or capture it again */
        post: operations["setBaseline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/overrides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Overrides of a Key Result */
        get: operations["listOverrides"];
        put?: never;
        /** Let a value of one’s own stand in for some days */
        post: operations["overrideValue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/overrides/{override}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End an override
         * @description `current` is the one in force, else the next.
         */
        delete: operations["endOverride"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/guard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the counter-metric that must not worsen */
        put: operations["setGuard"];
        post?: never;
        /** Take the counter-metric away */
        delete: operations["removeGuard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/formulas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Save a metric that combines others */
        post: operations["createFormula"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of a metric, oldest first */
        get: operations["listVersions"];
        put?: never;
        /** Change what a metric means: a new version */
        post: operations["changeMetric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/{id}/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the newest version back */
        post: operations["withdrawVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/definition-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Key Results whose metric has a newer definition */
        get: operations["listDefinitionChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/definition-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a Key Result would stand on the newer definition */
        get: operations["getDefinitionChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/acceptances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judge a Key Result by the newer definition from now on */
        post: operations["acceptDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Save a metric whose values are brought */
        post: operations["createValuesMetric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/{id}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring values of a metric
         * @description A delivery is known by its Idempotency-Key for ever, to everybody of the workspace.
         */
        post: operations["pushValues"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/{id}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring values as a file
         * @description A delivery is known by its Idempotency-Key for ever, to everybody of the workspace.
         */
        post: operations["uploadValues"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/check-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check-ins of a Key Result, the newest first */
        get: operations["listCheckIns"];
        put?: never;
        /**
         * Say how a Key Result stands
         * @description A delivery is known by its Idempotency-Key for ever, to everybody of the workspace.
         */
        post: operations["checkIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Mark a step as done, or not */
        patch: operations["tickStep"];
        trace?: never;
    };
    "/api/v1/connections/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What records are there, by kind */
        get: operations["listRecords"];
        put?: never;
        /**
         * Bring records
         * @description A delivery is known by its Idempotency-Key for ever, to everybody of the workspace.
         */
        post: operations["pushRecords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/records/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring records as a file
         * @description A delivery is known by its Idempotency-Key for ever, to everybody of the workspace.
         */
        post: operations["uploadRecords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/public-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public links in force, the newest first */
        get: operations["listPublicLinks"];
        put?: never;
        /**
         * Make an address that shows one Key Result
         * @description Its answer tells a secret, this once: with an Idempotency-Key only that it was answered is kept.
         */
        post: operations["createPublicLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public-links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a public link, from now on */
        delete: operations["revokePublicLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cycles/{id}/restorations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an archived cycle back */
        post: operations["restoreCycle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/objectives/{id}/restorations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an archived objective back */
        post: operations["restoreObjective"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/restorations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an archived Key Result back */
        post: operations["restoreKeyResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is expected at the deadline, and how that was made */
        get: operations["getForecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The evidence of the progress number */
        get: operations["getEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The chart as a picture, or its days as CSV
         * @description SVG or PNG in either theme and language, with check-ins and initiatives; CSV with a line for each day. A Key Result of steps has no chart, and its CSV holds no days.
         */
        get: operations["downloadChart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/initiatives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The work attached to a Key Result */
        get: operations["listInitiatives"];
        put?: never;
        /** Attach work to a Key Result */
        post: operations["createInitiative"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/initiatives/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One initiative */
        get: operations["getInitiative"];
        put?: never;
        post?: never;
        /** Take an initiative away */
        delete: operations["deleteInitiative"];
        options?: never;
        head?: never;
        /** Change an initiative */
        patch: operations["updateInitiative"];
        trace?: never;
    };
    "/api/v1/metrics/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One metric */
        get: operations["getMetric"];
        put?: never;
        post?: never;
        /** Put a metric away */
        delete: operations["archiveMetric"];
        options?: never;
        head?: never;
        /** Change key or title of a metric */
        patch: operations["renameMetric"];
        trace?: never;
    };
    "/api/v1/metrics/{id}/restorations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an archived metric back */
        post: operations["restoreMetric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/restorations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an archived connection back */
        post: operations["restoreConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a sync asked, and what came back */
        get: operations["listRunEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{id}/restorations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an archived channel back */
        post: operations["restoreChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alert-rules/{id}/restorations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an archived rule back */
        post: operations["restoreAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every change, the newest first */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything, as of one moment
         * @description JSON lines: the first says what is in it, the last how many objects there were. As CSV one type at a time, or all of them as JSON lines that each carry one CSV line. Never secrets.
         */
        get: operations["exportWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/{id}/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who moved a metric over money between two days */
        get: operations["explainMovements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-results/{id}/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who moved the metric of a Key Result between two days */
        get: operations["explainKeyResultMovements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exchange rates into a currency */
        get: operations["listRates"];
        /** Bring exchange rates into a currency */
        put: operations["keepRates"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens in the workspace, as it happens
         * @description Server-sent events: `key_result.changed`, `run.changed`, `alert.changed`, and more may come. Each has an id; one may come twice. `reset` says that what happened since `Last-Event-ID` is not known any more. A comment comes every 15 seconds.
         */
        get: operations["listenToEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Accept: {
            version?: number;
            /** @default false */
            recapture?: boolean;
        };
        Acknowledge: {
            /** @default  */
            note?: string;
        };
        AddMember: {
            email: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
        };
        Aggregate: ("latest" | "sum" | "mean" | "last_complete_month") | {
            trailingDays: number;
        };
        AggregateInput: ("latest" | "sum" | "mean" | "last_complete_month") | {
            trailingDays: number;
        };
        Alert: {
            id: string;
            keyResultId: string | null;
            keyResultKey: string | null;
            connectionId: string | null;
            connectionKey: string | null;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            kind: components["schemas"]["AlertKind"];
            /** @enum {string} */
            state: "pending" | "firing" | "resolved" | "closed";
            /** @enum {string} */
            severity: "warning" | "critical";
            /** Format: date-time */
            since: string;
            firedAt: string | null;
            firedDay: components["schemas"]["Day"] | null;
            resolvedAt: string | null;
            reason: {
                code: string;
                values: {
                    [key: string]: unknown;
                };
            } | null;
            acknowledged: {
                /** @enum {string} */
                severity: "warning" | "critical";
                by: string;
                /** Format: date-time */
                at: string;
                note: string;
            } | null;
            owner: string | null;
            unit: string | null;
            currency: string | null;
            because: string | null;
            snoozedUntil: string | null;
            toldChannels: string[];
            ruleId: string | null;
        };
        AlertDetail: {
            id: string;
            keyResultId: string | null;
            keyResultKey: string | null;
            connectionId: string | null;
            connectionKey: string | null;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            kind: components["schemas"]["AlertKind"];
            /** @enum {string} */
            state: "pending" | "firing" | "resolved" | "closed";
            /** @enum {string} */
            severity: "warning" | "critical";
            /** Format: date-time */
            since: string;
            firedAt: string | null;
            firedDay: components["schemas"]["Day"] | null;
            resolvedAt: string | null;
            reason: {
                code: string;
                values: {
                    [key: string]: unknown;
                };
            } | null;
            acknowledged: {
                /** @enum {string} */
                severity: "warning" | "critical";
                by: string;
                /** Format: date-time */
                at: string;
                note: string;
            } | null;
            owner: string | null;
            unit: string | null;
            currency: string | null;
            because: string | null;
            snoozedUntil: string | null;
            toldChannels: string[];
            ruleId: string | null;
            seenAt: string | null;
            told: {
                channelKey: string;
                /** @enum {string} */
                state: "nothing" | "assumed" | "firing" | "over";
                /** @enum {string} */
                severity: "warning" | "critical";
                lastAt: string | null;
                said: number;
            }[];
            messages: {
                channelKey: string;
                event: string;
                severity: string;
                /** @enum {string} */
                lane: "now" | "digest";
                /** @enum {string} */
                state: "waiting" | "composed" | "dropped";
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                dueAt: string;
                delivery: {
                    deliveryId: string;
                    /** @enum {string} */
                    status: "pending" | "delivered" | "superseded" | "dead" | "suppressed";
                    deliveredAt: string | null;
                } | null;
            }[];
        };
        /** @enum {string} */
        AlertKind: "off_track" | "no_data" | "error" | "check_in_due";
        AlertRule: {
            id: string;
            /** @enum {string} */
            kind: "off_track";
            keyResultId: string | null;
            objectiveId: string | null;
            forEvaluations: number;
            keepFiringEvaluations: number;
            fireBelow: number;
            clearAbove: number;
            repeatDays: number | null;
            enabled: boolean;
        };
        ApiToken: {
            id: string;
            name: string;
            scopes: ("read" | "write" | "sync" | "credentials" | "admin")[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            lastUsedAt: string | null;
        };
        AsOf: {
            /** Format: date-time */
            at: string;
            day: components["schemas"]["Day"] | null;
            partly: string[];
        } | null;
        AuditLine: {
            id: string;
            /** Format: date-time */
            at: string;
            actor: string;
            action: string;
            objectType: string;
            objectId: string;
            details: {
                [key: string]: unknown;
            };
            requestId: string | null;
            previous: string;
            hash: string;
        };
        Baseline: {
            id: string;
            value: number;
            /** @enum {string} */
            rule: "as_compared" | "last_value" | "trailing_mean" | "stated";
            startDay: string;
            endDay: string;
            observations: number;
            /** Format: date-time */
            capturedAt: string;
            overriddenBy: string | null;
            reason: string | null;
            evidence: {
                metric: string | null;
                metricVersionId: string | null;
                definitionHash: string | null;
                aggregate: components["schemas"]["Aggregate"] | null;
                points: {
                    day: string;
                    revision: number;
                    value: number | null;
                    numerator: number | null;
                    denominator: number | null;
                }[];
            };
        };
        BaselineHistory: {
            keyResult: string;
            unit: string;
            currency: string | null;
            startValue: number | null;
            rule: components["schemas"]["BaselineRule"] | null;
            baselines: components["schemas"]["Baseline"][];
        };
        BaselineRule: {
            /** @constant */
            kind: "as_compared";
        } | {
            /** @constant */
            kind: "last_value";
            days: number;
        } | {
            /** @constant */
            kind: "trailing_mean";
            days: number;
        };
        BaselineRuleInput: {
            /** @constant */
            kind: "as_compared";
        } | {
            /** @constant */
            kind: "last_value";
            days: number;
        } | {
            /** @constant */
            kind: "trailing_mean";
            days: number;
        };
        BindKeyResult: {
            metric: string;
        };
        Binding: {
            id: string;
            keyResultKey: string;
            metricId: string;
            metricKey: string;
            metricVersionId: string;
            version: number;
            /** @enum {string} */
            source: "connector" | "values" | "check_in" | "formula";
            connectionKey: string | null;
        };
        Board: {
            workspace: {
                id: string;
                name: string;
                timeZone: string;
            };
            cycle: components["schemas"]["Cycle"] | null;
            /** Format: date-time */
            now: string;
            asOf: components["schemas"]["AsOf"];
            /** Format: date-time */
            comparedAt?: string;
            objectives: {
                id: string;
                key: string;
                title: string;
                titles: {
                    en?: string;
                    "zh-CN"?: string;
                };
                parentId: string | null;
                cycleId: string;
                owner: string | null;
                stage: string | null;
                phase: string | null;
                weight: number;
                progress: number | null;
                coverage: number;
                keyResults: components["schemas"]["BoardRow"][];
            }[];
        };
        BoardRow: {
            id: string;
            key: string;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            owner: string | null;
            objectiveId: string;
            goal: components["schemas"]["Goal"];
            unit: components["schemas"]["Unit"];
            currency: string | null;
            startValue: number | null;
            targetValue: number | null;
            currentValue: number | null;
            progress: number | null;
            expected: number | null;
            pace: number | null;
            status: {
                state: components["schemas"]["Status"];
                asOfDay: components["schemas"]["Day"] | null;
                reason: components["schemas"]["Reason"];
                lastKnown: {
                    state: components["schemas"]["Status"];
                    asOfDay: components["schemas"]["Day"];
                } | null;
            };
            data: {
                state: components["schemas"]["DataState"];
                reason: components["schemas"]["Reason"];
                dataThroughDay: components["schemas"]["Day"] | null;
                fetchedAt: string | null;
                computedAt: string | null;
            };
            trend: {
                day: components["schemas"]["Day"];
                value: number | null;
                settled?: boolean;
            }[];
            cohort?: {
                firstOwnDay: components["schemas"]["Day"];
                firstDecidedDay: components["schemas"]["Day"];
                lastOwnDay: components["schemas"]["Day"];
                finalDay: components["schemas"]["Day"];
            };
            chance?: {
                asOfDay: components["schemas"]["Day"];
                smoothed: number;
                latest: number;
                weekAgo: number | null;
            };
            source: components["schemas"]["Source"] | null;
            weight: number;
            guard: components["schemas"]["Guard"] | null;
            override: {
                id: string;
                value: number;
                fromDay: string;
                untilDay: string;
            } | null;
            definition: {
                text: string | null;
                stage: string | null;
                metric: string | null;
                params: {
                    [key: string]: unknown;
                };
                assumptions: {
                    code: string;
                    values: {
                        [key: string]: string | number | null;
                    };
                }[];
            } | null;
            newDefinition: {
                version: number;
                reason: string | null;
            } | null;
            /** @enum {string} */
            tracking: "automatic" | "pushed" | "check_in";
            sample: {
                size: number;
                lower: number | null;
                upper: number | null;
                level: number | null;
                goalWithinNoise: boolean | null;
                changeWithinNoise: boolean | null;
            } | null;
            trendLine?: {
                firstDay: string;
                values: (number | null)[];
                provisional: number[];
            } | null;
            week?: {
                was: {
                    asOfDay: string | null;
                    status: components["schemas"]["Status"];
                    dataState: components["schemas"]["DataState"] | null;
                    currentValue: number | null;
                    targetValue: number | null;
                    progress: number | null;
                    chance: number | null;
                };
                valueBy: number | null;
                progressBy: number | null;
                chanceBy: number | null;
                news: ("status" | "data" | "target" | "chance" | "progress")[];
                /** @enum {string} */
                direction: "better" | "worse" | "none";
                weight: number;
            } | null;
        };
        BoundKeyResult: {
            id: string;
            key: string;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            owner: string | null;
            objectiveId: string;
            goal: components["schemas"]["Goal"];
            unit: components["schemas"]["Unit"];
            currency: string | null;
            startValue: number | null;
            targetValue: number | null;
            currentValue: number | null;
            progress: number | null;
            expected: number | null;
            pace: number | null;
            status: {
                state: components["schemas"]["Status"];
                asOfDay: components["schemas"]["Day"] | null;
                reason: components["schemas"]["Reason"];
                lastKnown: {
                    state: components["schemas"]["Status"];
                    asOfDay: components["schemas"]["Day"];
                } | null;
            };
            data: {
                state: components["schemas"]["DataState"];
                reason: components["schemas"]["Reason"];
                dataThroughDay: components["schemas"]["Day"] | null;
                fetchedAt: string | null;
                computedAt: string | null;
            };
            trend: {
                day: components["schemas"]["Day"];
                value: number | null;
                settled?: boolean;
            }[];
            cohort?: {
                firstOwnDay: components["schemas"]["Day"];
                firstDecidedDay: components["schemas"]["Day"];
                lastOwnDay: components["schemas"]["Day"];
                finalDay: components["schemas"]["Day"];
            };
            chance?: {
                asOfDay: components["schemas"]["Day"];
                smoothed: number;
                latest: number;
                weekAgo: number | null;
            };
            source: components["schemas"]["Source"] | null;
            weight: number;
            guard: components["schemas"]["Guard"] | null;
            override: {
                id: string;
                value: number;
                fromDay: string;
                untilDay: string;
            } | null;
            definition: {
                text: string | null;
                stage: string | null;
                metric: string | null;
                params: {
                    [key: string]: unknown;
                };
                assumptions: {
                    code: string;
                    values: {
                        [key: string]: string | number | null;
                    };
                }[];
            } | null;
            newDefinition: {
                version: number;
                reason: string | null;
            } | null;
            /** @enum {string} */
            tracking: "automatic" | "pushed" | "check_in";
            sample: {
                size: number;
                lower: number | null;
                upper: number | null;
                level: number | null;
                goalWithinNoise: boolean | null;
                changeWithinNoise: boolean | null;
            } | null;
            warnings: components["schemas"]["Warnings"];
        };
        Brought: {
            id: string;
            via: string;
            format: string;
            rows: number;
            digest: string;
            actor: string;
            note: string | null;
            /** Format: date-time */
            receivedAt: string;
        };
        BudgetUse: {
            name: string;
            /** @enum {string} */
            counts: "calls" | "tokens";
            used: number | null;
            limit: number;
            freeAt: string | null;
            pausedUntil: string | null;
        };
        Cadence: {
            keyResultId: string;
            keyResultKey: string;
            everyDays: number | null;
            remindsAfterDays: number;
        };
        Carried: {
            carried: {
                from: string;
                key: string;
                id: string;
                goal: components["schemas"]["Goal"];
            }[];
            left: {
                key: string;
                /** @enum {string} */
                why: "target_reached" | "nothing_left" | "carried_before";
            }[];
        };
        CarryOver: {
            to: string;
            keyResults?: string[];
        };
        CatalogEntry: {
            key: string;
            title: string;
            stage: {
                id: string;
                title: string;
            };
            /** @enum {string} */
            kind: "flow" | "stock" | "ratio" | "distribution" | "distinct";
            unit: {
                name: string;
                title: string;
                storedAs: string;
                storedPer: number;
            };
            definitionVersion: number;
            definition: string;
            reading: string;
            window: {
                rule: components["schemas"]["WindowRule"];
                text: string;
            };
            windows: ("snapshot" | "period" | "cohort" | "none")[];
            params: components["schemas"]["CatalogParam"][];
            sources: {
                id: string;
                title: string;
            }[];
            measurable: {
                connectionKey: string;
                connectionTitle: string;
                connectionState: string;
                /** @enum {string} */
                environment: "live" | "test" | "sandbox";
                connectorId: string;
                connectorTitle: string;
                metric: string;
                title: string;
                params: {
                    [key: string]: unknown;
                };
            }[];
            near: {
                connectionKey: string;
                connectorTitle: string;
                metric: string;
                title: string;
                description: string;
            }[];
            metrics: {
                key: string;
                title: string;
                version: number;
                connectionKey: string;
            }[];
        };
        CatalogMetric: {
            key: string;
            title: string;
            stage: {
                id: string;
                title: string;
            };
            /** @enum {string} */
            kind: "flow" | "stock" | "ratio" | "distribution" | "distinct";
            unit: {
                name: string;
                title: string;
                storedAs: string;
                storedPer: number;
            };
            definitionVersion: number;
            definition: string;
            reading: string;
            window: {
                rule: components["schemas"]["WindowRule"];
                text: string;
            };
            windows: ("snapshot" | "period" | "cohort" | "none")[];
            params: components["schemas"]["CatalogParam"][];
            sources: {
                id: string;
                title: string;
            }[];
        };
        CatalogParam: {
            name: string;
            /** @enum {string} */
            type: "text" | "texts" | "whole" | "number" | "choice" | "flag" | "span";
            required: boolean;
            default: unknown;
            choices: string[] | null;
            min: number | null;
            max: number | null;
            meaning: string;
        };
        ChangeAlertRule: {
            enabled?: boolean;
            forEvaluations?: number;
            keepFiringEvaluations?: number;
            sensitivity?: components["schemas"]["Sensitivity"];
            repeatDays?: number | null;
        };
        ChangeChannel: {
            enabled?: boolean;
            events?: components["schemas"]["OutwardEvent"][];
            settings?: components["schemas"]["ChangeSettings"];
        };
        ChangeMetric: {
            params?: {
                [key: string]: unknown;
            };
            timeZone?: string;
            formula?: string;
            unit?: string | null;
            reason: string;
        };
        ChangePassword: {
            current: string;
            password: string;
        };
        ChangeRole: {
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
        };
        ChangeSettings: {
            timeZone?: string | null;
            quietHours?: {
                from: string;
                to: string;
            } | null;
            workingDays?: number[];
            /** @enum {string} */
            warnings?: "at_once" | "digest";
            digest?: {
                /** @enum {string} */
                period: "daily" | "weekly";
                at: string;
                /** @default 1 */
                weekday?: number;
            } | null;
            immediatePerDay?: number | null;
            groupWaitMinutes?: number;
            groupIntervalMinutes?: number;
            topics?: ("key_results" | "sources" | "check_ins")[];
            owners?: string[] | null;
        };
        Channel: {
            id: string;
            key: string;
            title: string;
            /** @enum {string} */
            kind: "webhook" | "slack" | "email" | "mixpanel";
            address: string;
            enabled: boolean;
            disabledReason: string | null;
            events: components["schemas"]["OutwardEvent"][];
            settings: components["schemas"]["ChannelSettings"] | null;
        };
        ChannelSettings: {
            timeZone: string | null;
            quietHours: {
                from: string;
                to: string;
            } | null;
            workingDays: number[];
            /** @enum {string} */
            warnings: "at_once" | "digest";
            digest: {
                /** @enum {string} */
                period: "daily" | "weekly";
                at: string;
                /** @default 1 */
                weekday: number;
            } | null;
            immediatePerDay: number | null;
            groupWaitMinutes: number;
            groupIntervalMinutes: number;
            topics: ("key_results" | "sources" | "check_ins")[];
            owners: string[] | null;
        };
        CheckChange: {
            endpoint?: string | null;
            config?: {
                [key: string]: unknown;
            };
        };
        CheckDraft: {
            connectorId: string;
            endpoint?: string | null;
            config: {
                [key: string]: unknown;
            };
        };
        CheckIn: {
            id: string;
            keyResultId: string;
            day: string;
            value: string | null;
            note: string;
            confidence: number | null;
            author: string | null;
            ingestId: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        CheckInRequest: {
            /** @default null */
            day?: string | null;
            /** @default null */
            value?: number | null;
            /** @default null */
            add?: number | null;
            /** @default null */
            total?: number | null;
            /** @default  */
            note?: string;
            /** @default null */
            confidence?: number | null;
        };
        CheckedIn: {
            checkIn: components["schemas"]["CheckIn"];
            keyResult: components["schemas"]["KeyResultRow"];
            replayed: boolean;
        };
        CloseCycle: {
            /** @default false */
            asIs?: boolean;
            /** @default null */
            reason?: string | null;
        };
        Connection: {
            id: string;
            key: string;
            title: string;
            connectorId: string;
            /** @enum {string} */
            environment: "live" | "test" | "sandbox";
            endpoint: string | null;
            /** @default {} */
            settings: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            state: "active" | "needs_reauth" | "misconfigured" | "quota_exhausted" | "paused";
            stateReason: string | null;
            secrets: {
                [key: string]: {
                    set: boolean;
                    last4: string;
                    /** Format: date-time */
                    updatedAt: string;
                    allowedHosts: string[];
                };
            };
            schedule: {
                everyMinutes: number;
                nextDueAt: string | null;
                enabled: boolean;
            } | null;
            lastSuccessAt: string | null;
            lastFailureAt: string | null;
            /** @default null */
            circuitOpenUntil: string | null;
            /** @default null */
            owner: string | null;
            /** @default null */
            account: {
                timeZone: string | null;
                currency: string | null;
                /** Format: date-time */
                checkedAt: string;
            } | null;
            /** @default [] */
            warnings: components["schemas"]["Reason"][];
            webhook?: {
                url: string;
                secretField: string;
                lastEventAt: string | null;
            };
        };
        ConnectionCheck: {
            /** @constant */
            ok: true;
            account: string;
            livemode: boolean | null;
            warnings: string[];
            /** @default null */
            timeZone: string | null;
            /** @default null */
            currency: string | null;
            /** @default [] */
            notices: components["schemas"]["Reason"][];
            requests: components["schemas"]["Exchange"][];
        };
        Connector: {
            id: string;
            title: string;
            version: string;
            /** @constant */
            experimental?: true;
            /** @constant */
            needsEndpoint?: true;
            guide: string;
            secretFields: string[];
            config: {
                [key: string]: unknown;
            };
            metrics: components["schemas"]["ConnectorMetric"][];
        };
        ConnectorMetric: {
            metric: string;
            title: string;
            description: string;
            stage: string;
            unit: components["schemas"]["Unit"];
            kind: components["schemas"]["MetricKind"];
            settlesAfterHours: number | null;
            rereadDays: number | null;
            /** @enum {string} */
            cadence: "day" | "month";
            readEveryHours: number | null;
            /** @enum {string} */
            history: "backfill" | "from_now";
            params: {
                [key: string]: unknown;
            };
            catalog?: {
                metric: string;
            };
        };
        CreateAlertRule: {
            /** @default null */
            keyResult?: string | null;
            /** @default null */
            objective?: string | null;
            /** @default 3 */
            forEvaluations?: number;
            /** @default 5 */
            keepFiringEvaluations?: number;
            /** @default normal */
            sensitivity?: components["schemas"]["Sensitivity"];
            /** @default 7 */
            repeatDays?: number | null;
        };
        CreateChannel: {
            key: string;
            title?: string;
            /** @constant */
            kind: "webhook";
            url: string;
            events?: components["schemas"]["OutwardEvent"][];
        } | {
            key: string;
            title?: string;
            /** @constant */
            kind: "slack";
            url?: string;
            /** @default {} */
            config?: {
                channelId?: string;
                /** @enum {string} */
                lang?: "en" | "zh-CN";
                apiUrl?: string;
            };
            /** @default {} */
            secrets?: {
                token?: string;
            };
        } | {
            key: string;
            title?: string;
            /** @constant */
            kind: "email";
            config: {
                to: string[];
                from: string;
                smtp: string;
                user?: string;
                /** @enum {string} */
                lang?: "en" | "zh-CN";
            };
            /** @default {} */
            secrets?: {
                password?: string;
            };
        };
        CreateConnection: {
            key: string;
            title?: string;
            connectorId: string;
            /** @enum {string} */
            environment?: "live" | "test" | "sandbox";
            endpoint?: string | null;
            config: {
                [key: string]: unknown;
            };
            /** @default 60 */
            everyMinutes?: number;
            owner?: string | null;
        };
        CreateCycle: {
            key: string;
            title?: string;
            startDay: components["schemas"]["Day"];
            endDay: components["schemas"]["Day"];
            timeZone?: string;
        };
        CreateFormula: {
            key: string;
            title?: string;
            formula: string;
            unit?: string;
        };
        CreateInitiative: {
            title: string;
            startDay: components["schemas"]["Day"];
            /** @default null */
            endDay?: components["schemas"]["Day"] | null;
            /**
             * @default open
             * @enum {string}
             */
            state?: "open" | "done" | "dropped";
            /** @default null */
            url?: string | null;
        };
        CreateKeyResult: {
            key: string;
            title: string;
            /** @default {} */
            titles?: {
                en?: string;
                "zh-CN"?: string;
            };
            /** @default  */
            description?: string;
            objective: string;
            /** @default null */
            owner?: string | null;
            goal: components["schemas"]["GoalInput"];
            /**
             * @default {
             *       "kind": "linear"
             *     }
             */
            paceCurve?: components["schemas"]["PaceCurveInput"];
            /** @default null */
            aggregate?: components["schemas"]["AggregateInput"] | null;
            /** @default null */
            baselineRule?: components["schemas"]["BaselineRuleInput"] | null;
            unit?: components["schemas"]["Unit"];
            /** @default null */
            currency?: string | null;
            /** @default null */
            metric?: string | null;
            /** @default 1 */
            weight?: number;
        };
        CreateMetric: {
            key: string;
            title?: string;
            connection: string;
            metric: string;
            /** @default {} */
            params?: {
                [key: string]: unknown;
            };
            timeZone?: string;
            /** @default 180 */
            historyDays?: number;
            staleAfterDays?: number;
        };
        CreateObjective: {
            key: string;
            title: string;
            /** @default {} */
            titles?: {
                en?: string;
                "zh-CN"?: string;
            };
            /** @default  */
            description?: string;
            cycle: string;
            /** @default null */
            parent?: string | null;
            /** @default null */
            owner?: string | null;
            /** @default null */
            stage?: string | null;
            /** @default null */
            phase?: string | null;
            /** @default 1 */
            weight?: number;
        };
        CreatePublicLink: {
            /** @default  */
            label?: string;
        };
        CreateSignInLinkAnswer: {
            url: string;
        };
        CreateSnooze: {
            /** @default null */
            keyResult?: string | null;
            /** @default null */
            objective?: string | null;
            /** @default null */
            connection?: string | null;
            /** @default null */
            owner?: string | null;
            /** @default null */
            kind?: components["schemas"]["AlertKind"] | null;
            /** @default false */
            everything?: boolean;
            forMinutes?: number;
            /** Format: date-time */
            until?: string;
            untilDay?: components["schemas"]["Day"];
            reason: string;
        };
        CreateToken: {
            name: string;
            scopes: ("read" | "write" | "sync" | "credentials" | "admin")[];
            /** @default 90 */
            expiresInDays?: number;
        };
        CreateValuesMetric: {
            key: string;
            /** @default null */
            title?: string | null;
            /** @default null */
            kind?: components["schemas"]["MetricKind"] | null;
            /** @default null */
            unit?: components["schemas"]["Unit"] | null;
            /** @default null */
            currency?: string | null;
            /** @default null */
            timeZone?: string | null;
            /** @default 3 */
            staleAfterDays?: number;
            /** @default null */
            definition?: {
                metric: string;
                /** @default {} */
                params?: {
                    [key: string]: unknown;
                };
            } | null;
        };
        CreateWorkspace: {
            name: string;
            timeZone: string;
            admin: {
                email: string;
                name: string;
            };
        };
        CreatedApiToken: {
            id: string;
            name: string;
            scopes: ("read" | "write" | "sync" | "credentials" | "admin")[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            lastUsedAt: string | null;
            token: string;
        };
        CreatedChannel: {
            id: string;
            key: string;
            title: string;
            /** @enum {string} */
            kind: "webhook" | "slack" | "email" | "mixpanel";
            address: string;
            enabled: boolean;
            disabledReason: string | null;
            events: components["schemas"]["OutwardEvent"][];
            settings: components["schemas"]["ChannelSettings"] | null;
            signingSecret: string | null;
        };
        CreatedPublicLink: {
            id: string;
            keyResultId: string;
            keyResultKey: string;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            label: string;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            revokedAt: string | null;
            token: string;
            urls: {
                badgeSvg: string;
                badgeJson: string;
                chartSvg: string | null;
                chartPng: string | null;
            };
        };
        CreatedWorkspace: {
            id: string;
            name: string;
            timeZone: string;
            admin: components["schemas"]["InvitedMember"];
        };
        Cycle: {
            id: string;
            key: string;
            title: string;
            startDay: components["schemas"]["Day"];
            endDay: components["schemas"]["Day"];
            timeZone: string;
            /** @enum {string} */
            state: "upcoming" | "running" | "closing" | "closed";
            closedAt: string | null;
        };
        /** @enum {string} */
        DataState: "fresh" | "late" | "stale" | "failing" | "none" | "paused";
        Day: string;
        DefinitionChange: {
            keyResult: {
                id: string;
                key: string;
                title: string;
                titles: {
                    en?: string;
                    "zh-CN"?: string;
                };
                owner: string | null;
            };
            metric: {
                key: string;
                title: string;
                unit: string;
                currency: string | null;
            };
            from: {
                versionId: string;
                version: number;
                params: {
                    [key: string]: unknown;
                };
                formula: string | null;
                timeZone: string;
                unit: string;
                currency: string | null;
                definitionHash: string;
                changeReason: string | null;
            };
            to: {
                versionId: string;
                version: number;
                params: {
                    [key: string]: unknown;
                };
                formula: string | null;
                timeZone: string;
                unit: string;
                currency: string | null;
                definitionHash: string;
                changeReason: string | null;
            };
            reason: string | null;
            changedAt: string | null;
            jump: {
                day: string;
                old: number;
                new: number;
                difference: number;
                percent: number | null;
            } | null;
            overlap: {
                days: number;
                differing: number;
                startDay: string;
                endDay: string;
                old: number;
                new: number;
                difference: number;
                percent: number | null;
            } | null;
            days: {
                day: string;
                old: number | null;
                new: number | null;
                oldReason: string | null;
                newReason: string | null;
                settled: boolean;
            }[];
            baseline: number | null;
            onOld: {
                status: components["schemas"]["Status"];
                reason: components["schemas"]["Reason"];
                asOfDay: string | null;
                currentValue: number | null;
                startValue: number | null;
                targetValue: number | null;
                progress: number | null;
                expected: number | null;
            } | null;
            onNew: {
                status: components["schemas"]["Status"];
                reason: components["schemas"]["Reason"];
                asOfDay: string | null;
                currentValue: number | null;
                startValue: number | null;
                targetValue: number | null;
                progress: number | null;
                expected: number | null;
            } | null;
            problem: string | null;
        };
        Delivery: {
            id: string;
            deliveryId: string;
            channelKey: string;
            kind: string;
            /** @enum {string} */
            status: "pending" | "delivered" | "superseded" | "dead" | "suppressed";
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            deliveredAt: string | null;
            lastError: string | null;
            nextAt: string | null;
            tries: {
                /** Format: date-time */
                at: string;
                ok: boolean;
                errorClass: string | null;
                httpStatus: number | null;
                durationMs: number;
            }[];
        };
        DeliveryDetail: {
            id: string;
            deliveryId: string;
            channelKey: string;
            kind: string;
            /** @enum {string} */
            status: "pending" | "delivered" | "superseded" | "dead" | "suppressed";
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            deliveredAt: string | null;
            lastError: string | null;
            nextAt: string | null;
            tries: {
                /** Format: date-time */
                at: string;
                ok: boolean;
                errorClass: string | null;
                httpStatus: number | null;
                durationMs: number;
            }[];
            content: {
                /** @enum {string} */
                format: "text" | "json";
                /** @enum {string} */
                lang: "en" | "zh-CN";
                text: string;
            } | null;
        };
        DigestPreview: {
            channelKey: string;
            period: ("daily" | "weekly") | null;
            fromDay: components["schemas"]["Day"] | null;
            throughDay: components["schemas"]["Day"] | null;
            text: string | null;
        };
        DownloadChartAnswer: string;
        Draft: {
            at: string;
            line: number;
            lastLine: number;
            text: string;
            readAs: string | null;
            label: string | null;
            /** @enum {string} */
            language: "en" | "zh";
            /** @enum {string} */
            form: "binary" | "count" | "absolute" | "relative" | "milestone" | "recurring" | "threshold";
            recurring: boolean;
            /** @enum {string} */
            direction: "up" | "down" | "hold";
            start: number | null;
            target: number | null;
            range: {
                lower: number;
                upper: number;
            } | null;
            relative: number | null;
            relativeIn: ("percent" | "points") | null;
            unit: string;
            unitWords: string | null;
            currency: string | null;
            period: ("day" | "week" | "month" | "quarter" | "year" | "sprint" | "release") | null;
            deadline: {
                text: string;
                day: string | null;
            } | null;
            /** @enum {string} */
            goalKind: "reach" | "change" | "accumulate" | "guardrail" | "milestone" | "recurring";
            goal: components["schemas"]["Goal"] | null;
            metric: components["schemas"]["ProposedMetric"] | null;
            stage: string | null;
            aarrr: ("acquisition" | "activation" | "retention" | "referral" | "revenue") | null;
            /** @enum {string} */
            tracking: "automatic" | "automatic_after_a_choice" | "counted_when_tagged" | "check_in";
            assumptions: {
                code: string;
                values: {
                    [key: string]: string | number | null;
                };
                text: {
                    en: string;
                    zh: string;
                };
            }[];
            question: {
                code: string;
                text: {
                    en: string;
                    zh: string;
                };
                options: {
                    id: string;
                    label: {
                        en: string;
                        zh: string;
                    };
                }[];
            } | null;
            problems: {
                code: string;
                text: {
                    en: string;
                    zh: string;
                };
            }[];
        };
        Drafts: {
            cycle: {
                key: string;
                startDay: string;
                endDay: string;
                timeZone: string;
            } | null;
            counts: {
                objectives: number;
                keyResults: number;
                initiatives: number;
                questions: number;
                problems: number;
                notUnderstood: number;
            };
            objectives: {
                line: number;
                lastLine: number;
                title: string;
                label: string | null;
                /** @enum {string} */
                language: "en" | "zh";
                phase: string | null;
                stage: string | null;
                keyResults: components["schemas"]["Draft"][];
                initiatives: components["schemas"]["InitiativeDraft"][];
            }[];
            keyResults: components["schemas"]["Draft"][];
            initiatives: components["schemas"]["InitiativeDraft"][];
            notUnderstood: {
                line: number;
                text: string;
                why: string;
                reason: {
                    en: string;
                    zh: string;
                };
            }[];
            ignored: {
                line: number;
                text: string;
                as: string;
            }[];
            lines: {
                line: number;
                as: string;
            }[];
            hints: {
                code: string;
                values: {
                    [key: string]: string | number | null;
                };
                text: {
                    en: string;
                    zh: string;
                };
                at: string | null;
            }[];
        };
        EventName: {
            event: string;
            count: number;
            users: number;
        };
        Exchange: {
            method: string;
            url: string;
            status: number | null;
            requestId: string | null;
            responseSha256: string | null;
            responseBytes: number;
            startedAt: string;
            durationMs: number;
            error?: string;
        };
        Explanation: {
            asOf: components["schemas"]["AsOf"];
            keyResult: components["schemas"]["KeyResultRow"];
            formula: {
                rule: string;
                numbers: string;
            };
            snapshot: {
                id: string;
                asOfDay: components["schemas"]["Day"];
                /** Format: date-time */
                computedAt: string;
                inputsDigest: string;
                definitionVersion: number;
                forecast?: components["schemas"]["ForecastEvidence"] | null;
            } | null;
            points: {
                day: components["schemas"]["Day"];
                value: string | null;
                reason: string | null;
                numerator: string | null;
                denominator: string | null;
                revision: number;
                origin: string;
                settled: boolean;
                /** Format: date-time */
                fetchedAt: string;
                runId: string | null;
                revisions: {
                    value: string | null;
                    revision: number;
                    /** Format: date-time */
                    believedFrom: string;
                    /** Format: date-time */
                    believedUntil: string;
                    runId: string | null;
                }[];
            }[];
            onDay?: {
                point: {
                    day: components["schemas"]["Day"];
                    value: string | null;
                    reason: string | null;
                    numerator: string | null;
                    denominator: string | null;
                    revision: number;
                    origin: string;
                    settled: boolean;
                    /** Format: date-time */
                    fetchedAt: string;
                    runId: string | null;
                    revisions: {
                        value: string | null;
                        revision: number;
                        /** Format: date-time */
                        believedFrom: string;
                        /** Format: date-time */
                        believedUntil: string;
                        runId: string | null;
                    }[];
                } | null;
                inputRunIds: string[];
            } | null;
            runs: {
                id: string;
                trigger: string;
                status: string;
                startedAt: string | null;
                finishedAt: string | null;
                evidence: {
                    id: string;
                    /** Format: date-time */
                    recordedAt: string;
                    connectorVersion: string;
                    definitionHash: string;
                    windowStartDay: components["schemas"]["Day"];
                    windowEndDay: components["schemas"]["Day"];
                    outcome: string;
                    completeness: {
                        pages: number;
                        items: number;
                        lastPageReached: boolean;
                        notes: string[];
                    };
                    exchanges: components["schemas"]["Exchange"][];
                }[];
            }[];
            metric: {
                id: string;
                key: string;
                title: string;
                version: number;
                definitionHash: string;
                connectorMetric: string;
                params: {
                    [key: string]: unknown;
                };
                kind: components["schemas"]["MetricKind"];
                timeZone: string;
                settlesAfterHours: number;
                rereadDays: number;
                definition: components["schemas"]["MetricDefinition"] | null;
                movements?: boolean;
            } | null;
            inputs: {
                name: string;
                metric: {
                    id: string;
                    key: string;
                    title: string;
                    version: number;
                    definitionHash: string;
                    connectorMetric: string;
                    params: {
                        [key: string]: unknown;
                    };
                    kind: components["schemas"]["MetricKind"];
                    timeZone: string;
                    settlesAfterHours: number;
                    rereadDays: number;
                    definition: components["schemas"]["MetricDefinition"] | null;
                    movements?: boolean;
                };
                unit: components["schemas"]["Unit"];
                currency: string | null;
                points: {
                    day: components["schemas"]["Day"];
                    value: string | null;
                    reason: string | null;
                    numerator: string | null;
                    denominator: string | null;
                    revision: number;
                    origin: string;
                    settled: boolean;
                    /** Format: date-time */
                    fetchedAt: string;
                    runId: string | null;
                    revisions: {
                        value: string | null;
                        revision: number;
                        /** Format: date-time */
                        believedFrom: string;
                        /** Format: date-time */
                        believedUntil: string;
                        runId: string | null;
                    }[];
                }[];
            }[];
            ingests: components["schemas"]["Brought"][];
            baseline: components["schemas"]["Baseline"] | null;
            override: components["schemas"]["Override"] | null;
        };
        ExportWorkspaceAnswer: string;
        Forecast: {
            asOfDay: components["schemas"]["Day"];
            deadlineDay: components["schemas"]["Day"];
            /** @enum {string} */
            of: "value" | "share";
            atLeast: number | null;
            atMost: number | null;
            p10: number;
            p50: number;
            p90: number;
            days: {
                day: components["schemas"]["Day"];
                p10: number;
                p50: number;
                p90: number;
            }[];
            needed: number | null;
            recent: number | null;
            /** @enum {string} */
            method: "combined" | "smoothing" | "constant" | "decided";
            members: {
                [key: string]: number;
            };
            littleHistory: boolean;
            inputs: {
                /** @enum {string} */
                step: "hour" | "day" | "week" | "month";
                from: string;
                through: string;
                observations: number;
                gaps: number;
                outliers: number;
                periods: number[];
            };
        };
        ForecastEvidence: {
            asOfDay: components["schemas"]["Day"];
            deadlineDay: components["schemas"]["Day"];
            /** @enum {string} */
            of: "value" | "share";
            atLeast: number | null;
            atMost: number | null;
            p10: number;
            p50: number;
            p90: number;
            needed: number | null;
            recent: number | null;
            /** @enum {string} */
            method: "combined" | "smoothing" | "constant" | "decided";
            members: {
                [key: string]: number;
            };
            littleHistory: boolean;
            inputs: {
                /** @enum {string} */
                step: "hour" | "day" | "week" | "month";
                from: string;
                through: string;
                observations: number;
                gaps: number;
                outliers: number;
                periods: number[];
            };
            /** @constant */
            available: true;
            chance: {
                raw: number;
                smoothed: number;
                /** @enum {string} */
                band: "on_track" | "at_risk" | "off_track";
            };
        } | {
            /** @constant */
            available: false;
            asOfDay: components["schemas"]["Day"];
            /** @enum {string} */
            why: "not_measured" | "no_model" | "no_target" | "little_history";
        };
        GetWorkspaceAnswer: {
            id: string;
            name: string;
            timeZone: string;
        };
        Goal: {
            /** @constant */
            kind: "reach";
            startValue: number | null;
            targetValue: number;
        } | {
            /** @constant */
            kind: "change";
            percent: number;
            /**
             * @default relative
             * @enum {string}
             */
            mode: "relative" | "points";
            baselineValue: number | null;
        } | {
            /** @constant */
            kind: "accumulate";
            targetValue: number;
        } | {
            /** @constant */
            kind: "guardrail";
            /** @enum {string} */
            operator: "at_least" | "at_most" | "between";
            /** @default null */
            lower: number | null;
            /** @default null */
            upper: number | null;
            /**
             * @default share_of_checks
             * @enum {string}
             */
            method: "latest" | "share_of_checks" | "share_of_planned" | "distance";
            /** @default null */
            checksPlanned: number | null;
            /** @default null */
            startValue: number | null;
        } | {
            /** @constant */
            kind: "milestone";
            steps: {
                name: string;
                weight: number;
                doneOnDay: components["schemas"]["Day"] | null;
            }[];
        } | {
            /** @constant */
            kind: "recurring";
            perPeriod: number;
            /** @enum {string} */
            periodUnit: "day" | "week" | "month" | "quarter";
            periods: number;
            /** @default false */
            carryOver: boolean;
        };
        GoalInput: {
            /** @constant */
            kind: "reach";
            startValue: number | null;
            targetValue: number;
        } | {
            /** @constant */
            kind: "change";
            percent: number;
            /**
             * @default relative
             * @enum {string}
             */
            mode?: "relative" | "points";
            baselineValue: number | null;
        } | {
            /** @constant */
            kind: "accumulate";
            targetValue: number;
        } | {
            /** @constant */
            kind: "guardrail";
            /** @enum {string} */
            operator: "at_least" | "at_most" | "between";
            /** @default null */
            lower?: number | null;
            /** @default null */
            upper?: number | null;
            /**
             * @default share_of_checks
             * @enum {string}
             */
            method?: "latest" | "share_of_checks" | "share_of_planned" | "distance";
            /** @default null */
            checksPlanned?: number | null;
            /** @default null */
            startValue?: number | null;
        } | {
            /** @constant */
            kind: "milestone";
            steps: {
                name: string;
                weight: number;
                doneOnDay: components["schemas"]["Day"] | null;
            }[];
        } | {
            /** @constant */
            kind: "recurring";
            perPeriod: number;
            /** @enum {string} */
            periodUnit: "day" | "week" | "month" | "quarter";
            periods: number;
            /** @default false */
            carryOver?: boolean;
        };
        Guard: {
            metricKey: string;
            metricTitle: string;
            unit: string;
            currency: string | null;
            /** @enum {string} */
            operator: "at_least" | "at_most";
            bound: number | null;
            aggregate: components["schemas"]["Aggregate"];
            /** @enum {string} */
            state: "kept" | "broken" | "unknown";
            currentValue: number | null;
            asOfDay: string | null;
            reason: {
                code: string;
                values: {
                    [key: string]: string | number | null;
                };
                text: string;
            } | null;
        };
        Hint: {
            code: string;
            values: {
                [key: string]: string | number | null;
            };
            text: string;
            titles?: {
                en?: string;
                "zh-CN"?: string;
            };
            objectiveKey: string | null;
            keyResultKey: string | null;
        };
        ImportText: {
            text: string;
            cycle: string;
            /** @default null */
            objective?: string | null;
            answers?: {
                line: number | string;
                option: string;
            }[];
            metrics?: {
                line: number | string;
                metric: string;
            }[];
            only?: (number | string)[] | null;
            bindings?: {
                line: number | string;
                connection: string;
                /** @default null */
                metric?: string | null;
                /** @default {} */
                params?: {
                    [key: string]: unknown;
                };
            }[];
        };
        Imported: {
            cycle: {
                key: string;
            };
            objectives: {
                id: string;
                key: string;
                title: string;
                line: number;
                created: boolean;
            }[];
            keyResults: {
                id: string;
                key: string;
                title: string;
                at: string;
                objectiveKey: string;
                goal: components["schemas"]["Goal"];
                unit: string;
                currency: string | null;
                tracking: string;
                metric: {
                    key: string;
                    title: string;
                    connectionKey: string;
                } | null;
                boundBy: ("asked" | "same_meaning") | null;
                sameWindow: boolean;
                warnings: components["schemas"]["Warnings"];
                means: string | null;
                measurable: {
                    connectionKey: string;
                    metric: string;
                    required: string[];
                }[];
            }[];
            initiatives: {
                title: string;
                line: number;
                keyResultKey: string;
            }[];
            metrics: {
                key: string;
                title: string;
                connectionKey: string;
            }[];
            notUnderstood: {
                line: number;
                text: string;
                why: string;
                reason: {
                    en: string;
                    zh: string;
                };
            }[];
            leftOut: {
                line: number;
                text: string;
            }[];
        };
        Ingest: {
            id: string;
            /** @enum {string} */
            via: "push" | "upload" | "check_in";
            format: string;
            rows: number;
            changed: number;
            firstDay: string | null;
            lastDay: string | null;
            digest: string;
            idempotencyKey: string | null;
            actor: string;
            note: string | null;
            /** Format: date-time */
            receivedAt: string;
            replayed: boolean;
        };
        Initiative: {
            id: string;
            keyResultId: string;
            title: string;
            startDay: components["schemas"]["Day"];
            endDay: components["schemas"]["Day"] | null;
            /** @enum {string} */
            state: "open" | "done" | "dropped";
            url: string | null;
        };
        InitiativeDraft: {
            line: number;
            lastLine: number;
            text: string;
            /** @enum {string} */
            language: "en" | "zh";
        };
        InvitedMember: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
            /** @enum {string} */
            state: "active" | "invited" | "disabled";
            /** Format: date-time */
            since: string;
            invitationUrl: string | null;
        };
        KeepRates: {
            /** @enum {string} */
            format: "csv" | "jsonl";
            text: string;
        } | {
            rates: {
                [key: string]: unknown;
            }[];
        };
        KeptRates: {
            base: string;
            rows: number;
            changed: number;
            currencies: string[];
            firstDay: string | null;
            lastDay: string | null;
        };
        KeyResult: {
            id: string;
            key: string;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            owner: string | null;
            objectiveId: string;
            goal: components["schemas"]["Goal"];
            unit: components["schemas"]["Unit"];
            currency: string | null;
            startValue: number | null;
            targetValue: number | null;
            currentValue: number | null;
            progress: number | null;
            expected: number | null;
            pace: number | null;
            status: {
                state: components["schemas"]["Status"];
                asOfDay: components["schemas"]["Day"] | null;
                reason: components["schemas"]["Reason"];
                lastKnown: {
                    state: components["schemas"]["Status"];
                    asOfDay: components["schemas"]["Day"];
                } | null;
            };
            data: {
                state: components["schemas"]["DataState"];
                reason: components["schemas"]["Reason"];
                dataThroughDay: components["schemas"]["Day"] | null;
                fetchedAt: string | null;
                computedAt: string | null;
            };
            trend: {
                day: components["schemas"]["Day"];
                value: number | null;
                settled?: boolean;
            }[];
            cohort?: {
                firstOwnDay: components["schemas"]["Day"];
                firstDecidedDay: components["schemas"]["Day"];
                lastOwnDay: components["schemas"]["Day"];
                finalDay: components["schemas"]["Day"];
            };
            chance?: {
                asOfDay: components["schemas"]["Day"];
                smoothed: number;
                latest: number;
                weekAgo: number | null;
            };
            source: components["schemas"]["Source"] | null;
            weight: number;
            guard: components["schemas"]["Guard"] | null;
            override: {
                id: string;
                value: number;
                fromDay: string;
                untilDay: string;
            } | null;
            definition: {
                text: string | null;
                stage: string | null;
                metric: string | null;
                params: {
                    [key: string]: unknown;
                };
                assumptions: {
                    code: string;
                    values: {
                        [key: string]: string | number | null;
                    };
                }[];
            } | null;
            newDefinition: {
                version: number;
                reason: string | null;
            } | null;
            /** @enum {string} */
            tracking: "automatic" | "pushed" | "check_in";
            sample: {
                size: number;
                lower: number | null;
                upper: number | null;
                level: number | null;
                goalWithinNoise: boolean | null;
                changeWithinNoise: boolean | null;
            } | null;
            description: string;
            baselines: components["schemas"]["Baseline"][];
            overrides: components["schemas"]["Override"][];
            automatic: {
                value: number | null;
                asOfDay: string;
            } | null;
            versions: components["schemas"]["MetricVersion"][];
            objectiveTitle: string;
            objectiveTitles: {
                en?: string;
                "zh-CN"?: string;
            };
            cycle: components["schemas"]["Cycle"];
            paceCurve: components["schemas"]["PaceCurve"];
            /** Format: date-time */
            now: string;
            asOf: components["schemas"]["AsOf"];
            today: components["schemas"]["Day"];
            series: components["schemas"]["SeriesPoint"][];
            goalSeries: {
                day: components["schemas"]["Day"];
                value: number | null;
                expected: number | null;
            }[];
            forecast?: components["schemas"]["Forecast"] | null;
            /** @enum {string} */
            noForecast?: "not_measured" | "no_model" | "no_target" | "little_history";
            initiatives: {
                id: string;
                title: string;
                startDay: components["schemas"]["Day"];
                endDay: components["schemas"]["Day"] | null;
                /** @enum {string} */
                state?: "open" | "done" | "dropped";
                url?: string | null;
            }[];
            targets?: {
                fromDay: components["schemas"]["Day"] | null;
                goal: components["schemas"]["Goal"];
                targetValue: number | null;
                changedAt: string | null;
                author: string | null;
                reason: string | null;
            }[];
            alerts: {
                id: string;
                kind: string;
                /** @enum {string} */
                state: "pending" | "firing" | "resolved" | "closed";
                /** Format: date-time */
                since: string;
                firedAt: string | null;
                resolvedAt: string | null;
            }[];
        };
        KeyResultRow: {
            id: string;
            key: string;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            owner: string | null;
            objectiveId: string;
            goal: components["schemas"]["Goal"];
            unit: components["schemas"]["Unit"];
            currency: string | null;
            startValue: number | null;
            targetValue: number | null;
            currentValue: number | null;
            progress: number | null;
            expected: number | null;
            pace: number | null;
            status: {
                state: components["schemas"]["Status"];
                asOfDay: components["schemas"]["Day"] | null;
                reason: components["schemas"]["Reason"];
                lastKnown: {
                    state: components["schemas"]["Status"];
                    asOfDay: components["schemas"]["Day"];
                } | null;
            };
            data: {
                state: components["schemas"]["DataState"];
                reason: components["schemas"]["Reason"];
                dataThroughDay: components["schemas"]["Day"] | null;
                fetchedAt: string | null;
                computedAt: string | null;
            };
            trend: {
                day: components["schemas"]["Day"];
                value: number | null;
                settled?: boolean;
            }[];
            cohort?: {
                firstOwnDay: components["schemas"]["Day"];
                firstDecidedDay: components["schemas"]["Day"];
                lastOwnDay: components["schemas"]["Day"];
                finalDay: components["schemas"]["Day"];
            };
            chance?: {
                asOfDay: components["schemas"]["Day"];
                smoothed: number;
                latest: number;
                weekAgo: number | null;
            };
            source: components["schemas"]["Source"] | null;
            weight: number;
            guard: components["schemas"]["Guard"] | null;
            override: {
                id: string;
                value: number;
                fromDay: string;
                untilDay: string;
            } | null;
            definition: {
                text: string | null;
                stage: string | null;
                metric: string | null;
                params: {
                    [key: string]: unknown;
                };
                assumptions: {
                    code: string;
                    values: {
                        [key: string]: string | number | null;
                    };
                }[];
            } | null;
            newDefinition: {
                version: number;
                reason: string | null;
            } | null;
            /** @enum {string} */
            tracking: "automatic" | "pushed" | "check_in";
            sample: {
                size: number;
                lower: number | null;
                upper: number | null;
                level: number | null;
                goalWithinNoise: boolean | null;
                changeWithinNoise: boolean | null;
            } | null;
        };
        ListAlertRulesAnswer: {
            data: components["schemas"]["AlertRule"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListAlertsAnswer: {
            data: components["schemas"]["Alert"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListAuditLogAnswer: {
            data: components["schemas"]["AuditLine"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListBindingsAnswer: {
            data: components["schemas"]["Binding"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListBudgetsAnswer: {
            data: components["schemas"]["BudgetUse"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListCatalogAnswer: {
            data: components["schemas"]["CatalogMetric"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListChannelsAnswer: {
            data: components["schemas"]["Channel"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListCheckInsAnswer: {
            data: components["schemas"]["CheckIn"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListConnectionsAnswer: {
            data: components["schemas"]["Connection"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListConnectorsAnswer: {
            data: components["schemas"]["Connector"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListCoverageAnswer: {
            data: components["schemas"]["MetricCoverage"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListCyclesAnswer: {
            data: components["schemas"]["Cycle"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListDefinitionChangesAnswer: {
            data: components["schemas"]["DefinitionChange"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListDeliveriesAnswer: {
            data: components["schemas"]["Delivery"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListEventNamesAnswer: {
            data: components["schemas"]["EventName"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListHintsAnswer: {
            data: components["schemas"]["Hint"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListInitiativesAnswer: {
            data: components["schemas"]["Initiative"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListKeyResultsAnswer: {
            data: components["schemas"]["KeyResultRow"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListMeasurableAnswer: {
            data: components["schemas"]["ConnectorMetric"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListMembersAnswer: {
            data: components["schemas"]["Member"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListMetricsAnswer: {
            data: components["schemas"]["Metric"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListObjectivesAnswer: {
            data: components["schemas"]["Objective"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListOverridesAnswer: {
            data: components["schemas"]["Override"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListPointsAnswer: {
            data: components["schemas"]["MetricPoint"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListPublicLinksAnswer: {
            data: components["schemas"]["PublicLink"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListRatesAnswer: {
            data: {
                currency: string;
                day: string;
                rate: string;
            }[];
            page: {
                nextCursor: string | null;
            };
        };
        ListRecordsAnswer: {
            data: components["schemas"]["RecordCoverage"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListRunEvidenceAnswer: {
            data: components["schemas"]["RunEvidence"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListRunsAnswer: {
            data: components["schemas"]["Run"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListSnoozesAnswer: {
            data: components["schemas"]["Snooze"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListTokensAnswer: {
            data: components["schemas"]["ApiToken"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListVersionsAnswer: {
            data: components["schemas"]["MetricVersion"][];
            page: {
                nextCursor: string | null;
            };
        };
        ListWorkspacesAnswer: {
            data: {
                id: string;
                name: string;
                timeZone: string;
                /** @enum {string} */
                role: "viewer" | "editor" | "admin";
                current: boolean;
            }[];
            page: {
                nextCursor: string | null;
            };
        };
        Me: {
            user: {
                id: string;
                name: string;
                email: string;
            } | null;
            /** @enum {string} */
            by: "session" | "api" | "local";
            workspace: components["schemas"]["GetWorkspaceAnswer"];
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
            scopes: ("read" | "write" | "sync" | "credentials" | "admin")[];
            memberships: {
                id: string;
                name: string;
                timeZone: string;
                /** @enum {string} */
                role: "viewer" | "editor" | "admin";
                current: boolean;
            }[];
            runsInstallation: boolean;
        };
        Measure: {
            connection: string;
            /** @default null */
            metric?: string | null;
            /** @default {} */
            params?: {
                [key: string]: unknown;
            };
        };
        Measured: {
            keyResult: components["schemas"]["KeyResultRow"];
            metric: {
                key: string;
                title: string;
                connectionKey: string;
            };
            created: boolean;
            sameWindow: boolean;
            warnings: components["schemas"]["Warnings"];
        };
        MeasurementPreview: {
            connection: string;
            /** @default null */
            metric?: string | null;
            /** @default {} */
            params?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "params": {},
             *       "window": null
             *     }
             */
            wanted?: {
                params: {
                    [key: string]: components["schemas"]["ParamValue"];
                };
                window: components["schemas"]["WindowRuleInput"] | null;
            };
        };
        Member: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
            /** @enum {string} */
            state: "active" | "invited" | "disabled";
            /** Format: date-time */
            since: string;
        };
        Metric: {
            id: string;
            key: string;
            title: string;
            connectionId: string;
            connectionKey: string;
            connectorMetric: string;
            version: number;
            params: {
                [key: string]: unknown;
            };
            kind: components["schemas"]["MetricKind"];
            unit: components["schemas"]["Unit"];
            currency: string | null;
            timeZone: string;
            settlesAfterHours: number;
            rereadDays: number;
            definition: components["schemas"]["MetricDefinition"] | null;
            /** @enum {string} */
            source: "connector" | "values" | "check_in" | "formula";
            liveVersions: number;
        };
        MetricCoverage: {
            metricKey: string;
            points: number;
            firstDay: components["schemas"]["Day"] | null;
            throughDay: components["schemas"]["Day"] | null;
            fetchedAt: string | null;
        };
        MetricDefinition: {
            /** @constant */
            kind: "catalog";
            metric: string;
            definitionVersion: number;
            params: {
                [key: string]: unknown;
            };
            window: {
                kind: string;
            } & {
                [key: string]: unknown;
            };
            timeZone: string;
        } | {
            /** @constant */
            kind: "formula";
            formula: string;
            inputs: {
                name: string;
                metricKey: string;
                versionId: string;
            }[];
        };
        /** @enum {string} */
        MetricKind: "flow" | "stock" | "ratio" | "distribution" | "distinct";
        MetricPoint: {
            day: components["schemas"]["Day"];
            value: string | null;
            reason: string | null;
            numerator: string | null;
            denominator: string | null;
            settled: boolean;
            revision: number;
            origin: string;
            /** Format: date-time */
            fetchedAt: string;
        };
        MetricVersion: {
            versionId: string;
            version: number;
            params: {
                [key: string]: unknown;
            };
            formula: string | null;
            timeZone: string;
            unit: string;
            currency: string | null;
            definitionHash: string;
            changeReason: string | null;
            /** Format: date-time */
            createdAt: string;
            retiredAt: string | null;
        };
        Movements: {
            metric: {
                id: string;
                key: string;
                title: string;
                version: number;
            };
            connectionKey: string;
            /** @enum {string} */
            environment: "live" | "test" | "sandbox";
            currency: string;
            timeZone: string;
            /** @enum {string} */
            measure: "mrr" | "net_revenue" | "refunds" | "referral_revenue";
            windows: {
                opening: {
                    startDay: string;
                    endDay: string;
                };
                closing: {
                    startDay: string;
                    endDay: string;
                };
            } | null;
            openingDay: string;
            closingDay: string;
            opening: number;
            closing: number;
            totals: {
                new: number;
                expansion: number;
                contraction: number;
                churn: number;
                reactivation: number;
                fx: number;
                payment?: number;
                refund?: number;
                dispute?: number;
            };
            identity: string;
            customers: {
                id: string;
                name: string | null;
                guestPaymentId?: string;
                opening: number;
                closing: number;
                movements: {
                    day: string;
                    kind: string;
                    amount: number;
                    currency: string;
                    native: {
                        before: number;
                        after: number;
                    };
                    /** @enum {string} */
                    basis: "observed" | "reconstructed" | "told";
                    causes: {
                        subscriptionId: string;
                        what: string;
                        from: string | null;
                        to: string | null;
                    }[];
                    record?: {
                        id: string;
                        paymentId: string;
                    };
                }[];
            }[];
            others: number;
            throughAt: string | null;
        };
        NamedMetric: {
            id: string;
            key: string;
            title: string;
            connectionId: string;
            connectionKey: string;
            connectorMetric: string;
            version: number;
            params: {
                [key: string]: unknown;
            };
            kind: components["schemas"]["MetricKind"];
            unit: components["schemas"]["Unit"];
            currency: string | null;
            timeZone: string;
            settlesAfterHours: number;
            rereadDays: number;
            definition: components["schemas"]["MetricDefinition"] | null;
            /** @enum {string} */
            source: "connector" | "values" | "check_in" | "formula";
            liveVersions: number;
            warnings: components["schemas"]["Warnings"];
        };
        Objective: {
            id: string;
            key: string;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            cycleId: string;
            parentId: string | null;
            owner: string | null;
            stage: string | null;
            phase: string | null;
            weight: number;
        };
        ObjectiveDetail: {
            id: string;
            key: string;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            cycleId: string;
            parentId: string | null;
            owner: string | null;
            stage: string | null;
            phase: string | null;
            weight: number;
            description: string;
            progress: number | null;
            coverage: number;
            items: {
                /** @enum {string} */
                kind: "key_result" | "objective";
                key: string;
                title: string;
                titles: {
                    en?: string;
                    "zh-CN"?: string;
                };
                weight: number;
                progress: number | null;
                counted: number | null;
            }[];
            formula: string;
        };
        Outlook: {
            keyResultId: string;
            keyResultKey: string;
            unit: string;
            currency: string | null;
            chance: {
                asOfDay: components["schemas"]["Day"];
                smoothed: number;
                latest: number;
                weekAgo: number | null;
                /** @enum {string} */
                band: "on_track" | "at_risk" | "off_track";
            } | null;
            forecast: components["schemas"]["Forecast"] | null;
            noForecast: ("not_evaluated" | "not_measured" | "no_model" | "no_target" | "little_history") | null;
        };
        /** @enum {string} */
        OutwardEvent: "key_result.status_changed" | "key_result.progress_changed" | "source.failed" | "source.recovered" | "run.finished" | "alert.fired" | "alert.resolved";
        Override: {
            id: string;
            value: number;
            fromDay: string;
            untilDay: string;
            reason: string;
            author: string | null;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
        };
        OverrideRequest: {
            value: number;
            fromDay?: components["schemas"]["Day"];
            untilDay: components["schemas"]["Day"];
            reason: string;
        };
        PaceCurve: {
            /** @constant */
            kind: "linear";
        } | {
            /** @constant */
            kind: "phased";
            points: {
                day: components["schemas"]["Day"];
                progress: number;
            }[];
        };
        PaceCurveInput: {
            /** @constant */
            kind: "linear";
        } | {
            /** @constant */
            kind: "phased";
            points: {
                day: components["schemas"]["Day"];
                progress: number;
            }[];
        };
        ParamValue: string | number | boolean | string[] | [
            number,
            number
        ];
        Preview: {
            coverage: {
                startDay: components["schemas"]["Day"];
                endDay: components["schemas"]["Day"];
                days: number;
                daysWithValue: number;
            };
            metric: components["schemas"]["ConnectorMetric"];
            unit: components["schemas"]["Unit"];
            currency: string | null;
            timeZone: string;
            current: {
                day: components["schemas"]["Day"];
                value: number | null;
                settled: boolean;
            } | null;
            points: {
                day: components["schemas"]["Day"];
                value: number | null;
                settled: boolean;
            }[];
            completeness: {
                pages: number;
                items: number;
                lastPageReached: boolean;
                notes: string[];
            };
            requests: components["schemas"]["Exchange"][];
            problems: string[];
            warnings: components["schemas"]["Warnings"];
        };
        PreviewBindingAnswer: {
            coverage: {
                startDay: components["schemas"]["Day"];
                endDay: components["schemas"]["Day"];
                days: number;
                daysWithValue: number;
                dataThroughDay: string | null;
            };
            metric: {
                key: string | null;
                title: string;
                connectionKey: string | null;
                metric: string;
                params: {
                    [key: string]: unknown;
                };
                kind: components["schemas"]["MetricKind"];
                unit: components["schemas"]["Unit"];
                currency: string | null;
                timeZone: string;
                settlesAfterHours: number;
                rereadDays: number;
                /** @enum {string} */
                history: "backfill" | "from_now";
            };
            aggregate: components["schemas"]["Aggregate"] | null;
            sameWindow: boolean;
            current: {
                day: components["schemas"]["Day"];
                value: number | null;
                settled: boolean;
            } | null;
            points: {
                day: components["schemas"]["Day"];
                value: number | null;
                settled: boolean;
            }[];
            completeness: {
                pages: number;
                items: number;
                lastPageReached: boolean;
                notes: string[];
            } | null;
            requests: components["schemas"]["Exchange"][];
            quota: {
                spent: {
                    calls: number;
                    tokens: number;
                } | null;
                budgets: components["schemas"]["BudgetUse"][];
            };
            cycle: {
                startDay: string;
                endDay: string;
                timeZone: string;
                today: string;
            };
            standing: {
                status: components["schemas"]["Status"];
                reason: components["schemas"]["Reason"];
                asOfDay: string | null;
                currentValue: number | null;
                startValue: number | null;
                targetValue: number | null;
                progress: number | null;
                expected: number | null;
                goal: components["schemas"]["Goal"];
                days: {
                    day: string;
                    value: number | null;
                    expected: number | null;
                }[];
            } | null;
            baseline: {
                value: number;
                /** @enum {string} */
                rule: "as_compared" | "last_value" | "trailing_mean";
                startDay: string;
                endDay: string;
                observations: number;
            } | null;
            earlier: {
                startDay: string;
                endDay: string;
                measuredDays: number;
                startValue: number | null;
                endValue: number | null;
                standing: {
                    status: components["schemas"]["Status"];
                    reason: components["schemas"]["Reason"];
                    asOfDay: string | null;
                    currentValue: number | null;
                    startValue: number | null;
                    targetValue: number | null;
                    progress: number | null;
                    expected: number | null;
                };
                days: {
                    day: string;
                    value: number | null;
                    expected: number | null;
                }[];
            } | null;
            trial: {
                fromDay: string;
                throughDay: string;
                alerts: {
                    /** @enum {string} */
                    period: "earlier" | "cycle";
                    firedDay: string;
                    resolvedDay: string | null;
                    rightly: boolean | null;
                    daysAhead: number;
                }[];
            } | null;
            problems: {
                code: string;
                detail: string;
            }[];
            warnings: components["schemas"]["Warnings"];
        };
        PreviewBindingBody: {
            source: {
                /** @constant */
                kind: "metric";
                metric: string;
            } | {
                /** @constant */
                kind: "meaning";
                connection: string;
                /** @default null */
                metric?: string | null;
                /** @default {} */
                params?: {
                    [key: string]: unknown;
                };
            } | {
                /** @constant */
                kind: "connector";
                connection: string;
                metric: string;
                /** @default {} */
                params?: {
                    [key: string]: unknown;
                };
                timeZone?: string;
            };
            /** @default null */
            baseline?: ({
                value: number;
            } | {
                rule: components["schemas"]["BaselineRuleInput"];
            }) | null;
            /** @default null */
            rule?: {
                /** @default 3 */
                forEvaluations?: number;
                /** @default 5 */
                keepFiringEvaluations?: number;
                /** @default normal */
                sensitivity?: components["schemas"]["Sensitivity"];
            } | null;
            /** @default false */
            again?: boolean;
        };
        PreviewDigestBody: {
            /**
             * @default en
             * @enum {string}
             */
            lang?: "en" | "zh-CN";
        };
        PreviewRequest: {
            connection: string;
            metric: string;
            /** @default {} */
            params?: {
                [key: string]: unknown;
            };
            timeZone?: string;
            /** @default 30 */
            days?: number;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance?: string;
            code: string;
            requestId: string;
            retryable: boolean;
            fix: string;
            current?: string;
            /** @default [] */
            errors: {
                pointer: string;
                code: string;
                detail: string;
            }[];
        };
        ProposedMetric: {
            key: string;
            title: {
                en: string;
                zh: string;
            };
            params: {
                [key: string]: components["schemas"]["ParamValue"];
            };
            window: components["schemas"]["WindowRule"];
            aggregate: components["schemas"]["Aggregate"] | null;
        };
        PublicLink: {
            id: string;
            keyResultId: string;
            keyResultKey: string;
            title: string;
            titles: {
                en?: string;
                "zh-CN"?: string;
            };
            label: string;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            revokedAt: string | null;
        };
        PushRecords: {
            kind: string;
            /** @default null */
            through?: string | null;
            /** @default null */
            note?: string | null;
            records: {
                [key: string]: unknown;
            }[];
        };
        PushValues: {
            values: {
                [key: string]: unknown;
            }[];
            /** @default null */
            note?: string | null;
        };
        ReadText: {
            text: string;
            /** @default null */
            cycle?: string | null;
        };
        RealDay: components["schemas"]["Day"];
        Reason: {
            code: string;
            values: {
                [key: string]: string | number | null;
            };
            text: string;
        };
        RecordCoverage: {
            kind: string;
            records: number;
            firstAt: string | null;
            lastAt: string | null;
            throughDay: string | null;
            toldAt: string | null;
        };
        RenameMetric: {
            title?: string;
            key?: string;
        };
        RuleTrial: {
            fromDay: components["schemas"]["Day"];
            throughDay: components["schemas"]["Day"];
            keyResults: number;
            skipped: {
                key: string;
                why: string;
            }[];
            alerts: {
                keyResultKey: string;
                firedDay: components["schemas"]["Day"];
                resolvedDay: components["schemas"]["Day"] | null;
                rightly: boolean | null;
                daysAhead: number | null;
            }[];
            rightly: number;
            wrongly: number;
            open: number;
            missedWithout: number;
        };
        RuleTrialRequest: {
            /** @default null */
            keyResult?: string | null;
            /** @default null */
            objective?: string | null;
            /** @default 3 */
            forEvaluations?: number;
            /** @default 5 */
            keepFiringEvaluations?: number;
            /** @default normal */
            sensitivity?: components["schemas"]["Sensitivity"];
            fromDay?: components["schemas"]["Day"];
        };
        Run: {
            id: string;
            connectionId: string;
            connectionKey: string;
            /** @enum {string} */
            trigger: "schedule" | "manual" | "backfill" | "bind";
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "failed" | "dead" | "skipped";
            attempt: number;
            /** Format: date-time */
            slot: string;
            /** Format: date-time */
            notBefore: string;
            startedAt: string | null;
            finishedAt: string | null;
            error: {
                class: string;
                message: string;
            } | null;
            points: {
                read: number;
                changed: number;
            };
            requests: number;
            metrics: {
                metricKey: string;
                ok: boolean;
                message: string | null;
            }[];
        };
        RunEvidence: {
            id: string;
            runId: string;
            /** Format: date-time */
            recordedAt: string;
            metricKey: string;
            metricVersionId: string;
            connectorVersion: string;
            definitionHash: string;
            windowStartDay: components["schemas"]["Day"];
            windowEndDay: components["schemas"]["Day"];
            attempt: number;
            outcome: string;
            error: {
                class: string;
                message: string;
            } | null;
            points: {
                read: number;
                changed: number;
            };
            completeness: {
                pages: number;
                items: number;
                lastPageReached: boolean;
                notes: string[];
            };
            exchanges: components["schemas"]["Exchange"][];
        };
        Scorecard: {
            cycle: {
                id: string;
                key: string;
                title: string;
                startDay: string;
                endDay: string;
                timeZone: string;
            };
            /** Format: date-time */
            closedAt: string;
            closedBy: string;
            reason: string | null;
            digest: string;
            objectives: {
                id: string;
                key: string;
                title: string;
                titles: {
                    en?: string;
                    "zh-CN"?: string;
                };
                owner: string | null;
                parentId: string | null;
                stage: string | null;
                phase: string | null;
                weight: number;
                progress: number | null;
                coverage: number;
            }[];
            keyResults: {
                id: string;
                key: string;
                title: string;
                titles: {
                    en?: string;
                    "zh-CN"?: string;
                };
                objectiveId: string;
                owner: string | null;
                goal: components["schemas"]["Goal"];
                unit: string;
                currency: string | null;
                weight: number;
                startValue: number | null;
                targetValue: number | null;
                finalValue: number | null;
                progress: number | null;
                status: components["schemas"]["Status"];
                reason: components["schemas"]["Reason"];
                asOfDay: string | null;
                provisional: boolean;
                guard: {
                    /** @enum {string} */
                    state: "kept" | "broken" | "unknown";
                } | null;
                snapshotId: string | null;
            }[];
        };
        SecretRotation: {
            channelKey: string;
            signingSecret: string;
            /** Format: date-time */
            previousValidUntil: string;
        };
        /** @enum {string} */
        Sensitivity: "quiet" | "normal" | "early";
        SeriesPoint: {
            day: components["schemas"]["Day"];
            value: number | null;
            reason: string | null;
            settled: boolean;
            revision: number;
            /** @enum {string} */
            origin: "auto" | "manual" | "backfill" | "override" | "import" | "push";
            was?: {
                value: number | null;
                /** Format: date-time */
                until: string;
            };
        };
        SetBaseline: {
            value: number;
            reason: string;
        } | {
            /** @constant */
            recapture: true;
            rule?: components["schemas"]["BaselineRuleInput"];
            reason: string;
        };
        SetCadence: {
            everyDays: number | null;
        };
        SetGuard: {
            metric: string;
            /** @enum {string} */
            operator: "at_least" | "at_most";
            /** @default null */
            bound?: number | null;
            /** @default null */
            aggregate?: components["schemas"]["AggregateInput"] | null;
        };
        SetOwner: {
            member: string | null;
        };
        SetPassword: {
            token: string;
            password: string;
        };
        SignIn: {
            token: string;
        } | {
            email: string;
            password: string;
        };
        Snooze: {
            id: string;
            keyResultKey: string | null;
            objectiveKey: string | null;
            connectionKey: string | null;
            owner: string | null;
            kind: components["schemas"]["AlertKind"] | null;
            reason: string;
            author: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            until: string;
            endedAt: string | null;
        };
        Source: {
            /** @enum {string} */
            kind: "connector" | "values" | "check_in" | "formula";
            connectionId: string;
            connectionKey: string;
            connectionTitle: string;
            connectorId: string;
            connectorTitle: string;
            /** @enum {string} */
            environment: "live" | "test" | "sandbox";
            metricId: string;
            metricKey: string;
            metricTitle: string;
        };
        StartSyncAnswer: {
            data: components["schemas"]["Run"][];
            page: {
                nextCursor: string | null;
            };
        };
        /** @enum {string} */
        Status: "not_started" | "too_early" | "on_track" | "at_risk" | "off_track" | "achieved" | "missed" | "unknown";
        Switch: {
            enabled: boolean;
        };
        SwitchWorkspace: {
            workspace: string;
        };
        SwitchWorkspaceAnswer: {
            id: string;
            name: string;
            timeZone: string;
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
        };
        SyncRequest: {
            connection?: string;
            keyResult?: string;
        };
        TickStep: {
            step: string;
            done: boolean;
            /** @default null */
            day?: string | null;
        };
        Unit: string;
        UpdateConnection: {
            title?: string;
            endpoint?: string | null;
            config?: {
                [key: string]: unknown;
            };
            everyMinutes?: number;
            paused?: boolean;
            owner?: string | null;
        };
        UpdateCycle: {
            title?: string;
            startDay?: components["schemas"]["Day"];
            endDay?: components["schemas"]["Day"];
            timeZone?: string;
        };
        UpdateInitiative: {
            title?: string;
            startDay?: components["schemas"]["Day"];
            endDay?: components["schemas"]["Day"] | null;
            /** @enum {string} */
            state?: "open" | "done" | "dropped";
            url?: string | null;
        };
        UpdateKeyResult: {
            title?: string;
            titles?: {
                en?: string;
                "zh-CN"?: string;
            };
            description?: string;
            owner?: string | null;
            weight?: number;
            objective?: string;
            goal?: components["schemas"]["GoalInput"];
            paceCurve?: components["schemas"]["PaceCurveInput"];
            aggregate?: components["schemas"]["AggregateInput"] | null;
            reason?: string;
        };
        UpdateObjective: {
            title?: string;
            titles?: {
                en?: string;
                "zh-CN"?: string;
            };
            description?: string;
            owner?: string | null;
            parent?: string | null;
            stage?: string | null;
            phase?: string | null;
            weight?: number;
        };
        UpdateWorkspace: {
            name?: string;
            timeZone?: string;
        };
        UploadRecords: {
            kind: string;
            /** @default null */
            through?: string | null;
            /** @default null */
            note?: string | null;
            /** @enum {string} */
            format: "csv" | "jsonl";
            text: string;
        };
        UploadValues: {
            /** @enum {string} */
            format: "csv" | "jsonl";
            text: string;
            /** @default null */
            note?: string | null;
        };
        /** @default [] */
        Warnings: components["schemas"]["Reason"][];
        WindowRule: {
            /** @constant */
            kind: "day";
        } | {
            /** @constant */
            kind: "trailing";
            days: number;
        } | {
            /** @constant */
            kind: "month";
        } | {
            /** @constant */
            kind: "trailing_months";
            months: number;
        } | {
            /** @constant */
            kind: "matured_cohort";
            days: number;
        } | {
            /** @constant */
            kind: "none";
        };
        WindowRuleInput: {
            /** @constant */
            kind: "day";
        } | {
            /** @constant */
            kind: "trailing";
            days: number;
        } | {
            /** @constant */
            kind: "month";
        } | {
            /** @constant */
            kind: "trailing_months";
            months: number;
        } | {
            /** @constant */
            kind: "matured_cohort";
            days: number;
        } | {
            /** @constant */
            kind: "none";
        };
        Withdraw: {
            reason: string;
        };
    };
    responses: {
        /** @description Who is asking is not known. Codes: `unauthorized`. */
        Problem401: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking may not. Codes: `unknown_host`, `scope_missing`. */
        Problem403: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing in this workspace. Codes: `not_found`. */
        Problem404: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`. */
        Problem422: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too much at once. Codes: `rate_limited`. */
        Problem429: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Tidemark failed. Codes: `internal`. */
        Problem500: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not ready. Codes: `database_down`. */
        Problem503: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unreadable. Codes: `bad_json`. */
        Problem400: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking may not. Codes: `unknown_host`, `scope_missing`, `role_missing`, `csrf`. */
        Problem403_2: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `already_exists`, `limit_reached`, `cycle_closed`. */
        Problem409: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too large. Codes: `body_too_large`. */
        Problem413: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not JSON. Codes: `unsupported_media_type`. */
        Problem415: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`. */
        Problem422_2: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`, `changed_meanwhile`. */
        Problem409_2: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `already_exists`. */
        Problem409_3: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `cycle_invalid`. */
        Problem422_3: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `already_exists`, `cycle_closed`. */
        Problem409_4: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `already_exists`, `limit_reached`. */
        Problem409_5: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `blocked_destination`. */
        Problem422_4: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`. */
        Problem409_6: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was changed in the meantime. Codes: `version_stale`. */
        Problem412: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The version is missing. Codes: `version_required`. */
        Problem428: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The source did not answer as it should. Codes: `source_transient`, `source_rate_limited`, `source_auth`, `source_config`, `source_bad_payload`, `source_schema_drift`, `source_too_large`, `source_blocked_destination`. */
        Problem502: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `connection_paused`, `not_bound`, `not_read`. */
        Problem409_7: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `write_back_unsupported`. */
        Problem422_5: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking is not known. Codes: `link_used`, `sign_in_failed`. */
        Problem401_2: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking may not. Codes: `unknown_host`, `csrf`. */
        Problem403_3: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too much at once. Codes: `rate_limited`, `too_many_sign_ins`. */
        Problem429_2: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking is not known. Codes: `link_used`. */
        Problem401_3: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `no_membership`, `user_disabled`. */
        Problem409_8: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking may not. Codes: `unknown_host`, `in_person_only`, `csrf`. */
        Problem403_4: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `no_session`. */
        Problem409_9: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `answer_not_kept`. */
        Problem409_10: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking may not. Codes: `unknown_host`. */
        Problem403_5: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `answer_not_kept`, `limit_reached`. */
        Problem409_11: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `answer_not_kept`, `already_exists`. */
        Problem409_12: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `last_admin`. */
        Problem409_13: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `answer_not_kept`, `has_account`. */
        Problem409_14: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking may not. Codes: `unknown_host`, `scope_missing`, `role_missing`, `csrf`, `first_workspace_only`. */
        Problem403_6: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `answer_not_kept`, `already_exists`, `limit_reached`. */
        Problem409_15: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `blocked_destination`, `channel_invalid`. */
        Problem422_6: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `no_settings`. */
        Problem422_7: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `no_test_message`. */
        Problem422_8: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `no_signing_secret`. */
        Problem422_9: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking may not. Codes: `unknown_host`, `scope_missing`, `csrf`. */
        Problem403_7: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `no_digest`. */
        Problem409_16: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `delivery_not_over`, `channel_off`. */
        Problem409_17: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `limit_reached`. */
        Problem409_18: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `not_fired`, `alert_over`. */
        Problem409_19: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `not_acknowledged`. */
        Problem409_20: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `measured_by_metric`. */
        Problem409_21: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `measured_by_metric`, `cycle_closed`. */
        Problem409_22: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `not_a_records_connection`. */
        Problem409_23: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `records_refused`, `file_empty`. */
        Problem422_10: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not ready. Codes: `database_down`, `events_busy`, `event_file_unusable`. */
        Problem503_2: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`, `cycle_open`, `cycle_runs`. */
        Problem409_24: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `reason_missing`. */
        Problem422_11: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_open`, `cycle_closed`, `already_exists`, `limit_reached`. */
        Problem409_25: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`. */
        Problem409_26: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `no_metric`. */
        Problem422_12: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `already_imported`, `cycle_closed`, `limit_reached`, `already_exists`. */
        Problem409_27: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `nothing_found`, `questions_open`, `drafts_invalid`, `objective_missing`, `other_cycle`. */
        Problem422_13: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`, `no_baseline`, `not_automatic`. */
        Problem409_28: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`, `not_automatic`. */
        Problem409_29: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `override_invalid`. */
        Problem422_14: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `no_override`. */
        Problem409_30: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`, `no_guard`. */
        Problem409_31: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `formula_invalid`. */
        Problem422_15: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `unchanged`, `not_computed`, `changed_meanwhile`. */
        Problem409_32: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `version_in_use`. */
        Problem409_33: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `no_new_definition`. */
        Problem409_34: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `no_new_definition`, `definition_moved_on`, `definition_impossible`, `cycle_closed`. */
        Problem409_35: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `not_pushable`. */
        Problem409_36: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `rows_refused`. */
        Problem422_16: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `cycle_closed`, `tracked_automatically`, `changed_meanwhile`. */
        Problem409_37: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `value_too_large`. */
        Problem422_17: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`, `no_steps`, `changed_meanwhile`. */
        Problem409_38: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `rows_refused`, `records_refused`. */
        Problem422_18: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `answer_not_kept`, `too_many_links`. */
        Problem409_39: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`, `days_evaluated`, `pace_outside`. */
        Problem409_40: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `in_use`. */
        Problem409_41: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `not_archived`. */
        Problem409_42: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `in_use`, `cycle_closed`. */
        Problem409_43: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `not_archived`, `within_archived`, `cycle_closed`, `limit_reached`. */
        Problem409_44: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`, `other_cycle`. */
        Problem409_45: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Readable, and of no use as it is; every field is named. Codes: `validation`, `idempotency_key_invalid`, `idempotency_conflict`, `goal_invalid`, `binding_invalid`, `aggregate_invalid`. */
        Problem422_19: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `cycle_closed`, `not_bound`. */
        Problem409_46: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing in this workspace. Codes: `not_found`, `no_chart`. */
        Problem404_2: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `not_archived`, `within_archived`. */
        Problem409_47: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `idempotency_running`, `not_archived`, `limit_reached`. */
        Problem409_48: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who is asking may not. Codes: `unknown_host`, `scope_missing`, `role_missing`. */
        Problem403_8: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too much at once. Codes: `rate_limited`, `export_busy`. */
        Problem429_3: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `not_over_ledger`, `not_read_yet`, `no_point`, `missing_rate`, `no_currency`, `explain_inputs`. */
        Problem409_49: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state. Codes: `not_bound`, `not_over_ledger`, `not_read_yet`, `no_point`, `missing_rate`, `no_currency`, `explain_inputs`. */
        Problem409_50: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too much at once. Codes: `rate_limited`, `too_many_streams`. */
        Problem429_4: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Rows of a page. */
        limit: number;
        /** @description `page.nextCursor` of the page before, as it is. */
        cursor: string;
        /** @description The ETag that the change is meant for; `*` for whatever is there. */
        "If-Match": string;
        /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
        "If-None-Match": string;
        /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
        "Idempotency-Key": string;
        /** @description What happened since that event, up to an hour ago, is told first. */
        "Last-Event-ID": string;
    };
    requestBodies: never;
    headers: {
        /** @description The version of the answer, strong; sent back as If-None-Match or If-Match. */
        ETag: string;
        /** @description Where what was made, or set going, can be read. */
        Location: string;
        /** @description The next page, as `rel="next"`; absent on the last one. */
        Link: string;
        /** @description `true` when the request was answered before, and nothing was done. */
        "Idempotency-Replayed": string;
        /** @description Seconds to wait. */
        "Retry-After": number;
        /** @description How many requests are taken in how many seconds. */
        "RateLimit-Policy": string;
        /** @description How many requests are left, and in how many seconds they are counted anew. */
        RateLimit: string;
        /** @description Names the request in the log. */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getBoard: {
        parameters: {
            query?: {
                cycle?: string;
                asOf?: components["schemas"]["RealDay"] | string;
                trend?: "days" | "line";
                keyResults?: string;
            };
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Board"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getKeyResult: {
        parameters: {
            query?: {
                asOf?: components["schemas"]["RealDay"] | string;
            };
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResult"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    archiveKeyResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_26"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateKeyResult: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateKeyResult"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResultRow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_45"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_19"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    explainKeyResult: {
        parameters: {
            query?: {
                asOf?: components["schemas"]["RealDay"] | string;
                day?: components["schemas"]["RealDay"];
            };
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listKeyResults: {
        parameters: {
            query?: {
                cycle?: string;
                objective?: string;
                connection?: string;
                owner?: string;
                status?: string;
                data?: string;
                archived?: "true" | "false";
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListKeyResultsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createKeyResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKeyResult"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResultRow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listBindings: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBindingsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    bindKeyResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BindKeyResult"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoundKeyResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    unbindKeyResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_46"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listCycles: {
        parameters: {
            query?: {
                archived?: "true" | "false";
                /** @description Only rows with this state; several with commas. */
                state?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListCyclesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createCycle: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCycle"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cycle"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            409: components["responses"]["Problem409_3"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_3"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listObjectives: {
        parameters: {
            query?: {
                archived?: "true" | "false";
                /** @description Only rows with this cycleId; several with commas. */
                cycleId?: string;
                /** @description Only rows with this owner; several with commas. */
                owner?: string;
                /** @description Only rows with this stage; several with commas. */
                stage?: string;
                /** @description Only rows with this phase; several with commas. */
                phase?: string;
                /** @description Only rows with this parentId; several with commas. */
                parentId?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListObjectivesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createObjective: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateObjective"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Objective"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_4"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listConnectors: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListConnectorsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listConnections: {
        parameters: {
            query?: {
                /** @description Only rows with this state; several with commas. */
                state?: string;
                /** @description Only rows with this connectorId; several with commas. */
                connectorId?: string;
                /** @description Only rows with this environment; several with commas. */
                environment?: string;
                /** @description Only rows with this owner; several with commas. */
                owner?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListConnectionsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConnection"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            409: components["responses"]["Problem409_5"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_4"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    archiveConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_41"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateConnection: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConnection"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_4"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    checkConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionCheck"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    checkDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckDraft"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionCheck"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_4"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    checkChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionCheck"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_4"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    listBudgets: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBudgetsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listCoverage: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListCoverageAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listMeasurable: {
        parameters: {
            query?: {
                /** @description Only rows with this stage; several with commas. */
                stage?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMeasurableAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    previewMetric: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    listMetrics: {
        parameters: {
            query?: {
                /** @description Only rows with this connectionKey; several with commas. */
                connectionKey?: string;
                /** @description Only rows with this kind; several with commas. */
                kind?: string;
                /** @description Only rows with this source; several with commas. */
                source?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMetricsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createMetric: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateMetric"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedMetric"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_3"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    listPoints: {
        parameters: {
            query?: {
                from?: components["schemas"]["RealDay"];
                to?: components["schemas"]["RealDay"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPointsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    startSync: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SyncRequest"];
            };
        };
        responses: {
            /** @description Set going; Location says where to follow it. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartSyncAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_7"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                connection?: string;
                /** @description Only rows with this status; several with commas. */
                status?: string;
                /** @description Only rows with this trigger; several with commas. */
                trigger?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRunsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    switchWriteBack: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Switch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_5"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401_2"];
            403: components["responses"]["Problem403_3"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429_2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPassword"];
            };
        };
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401_3"];
            403: components["responses"]["Problem403_3"];
            409: components["responses"]["Problem409_8"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_4"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    switchWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwitchWorkspace"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchWorkspaceAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_4"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_9"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createSignInLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateSignInLinkAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_4"];
            409: components["responses"]["Problem409_10"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_5"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_4"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListTokensAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_5"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateToken"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiToken"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_4"];
            409: components["responses"]["Problem409_11"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_4"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMembersAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddMember"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitedMember"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            409: components["responses"]["Problem409_12"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_13"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRole"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_13"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    inviteAgain: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitedMember"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_14"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setConnectionOwner: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetOwner"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listWorkspaces: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWorkspacesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_5"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspace"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWorkspace"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_6"];
            409: components["responses"]["Problem409_10"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetWorkspaceAnswer"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWorkspace"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetWorkspaceAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listChannels: {
        parameters: {
            query?: {
                /** @description Only rows with this kind; several with commas. */
                kind?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListChannelsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateChannel"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedChannel"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            409: components["responses"]["Problem409_15"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_6"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    archiveChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeChannel: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeChannel"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_7"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    testChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Set going; Location says where to follow it. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_8"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    rotateChannelSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretRotation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_10"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_9"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    previewDigest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewDigestBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DigestPreview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_7"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_16"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Only rows with this status; several with commas. */
                status?: string;
                /** @description Only rows with this channelKey; several with commas. */
                channelKey?: string;
                /** @description Only rows with this kind; several with commas. */
                kind?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListDeliveriesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    redeliver: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Set going; Location says where to follow it. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_17"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAlertRules: {
        parameters: {
            query?: {
                /** @description Only rows with this keyResultId; several with commas. */
                keyResultId?: string;
                /** @description Only rows with this objectiveId; several with commas. */
                objectiveId?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAlertRulesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createAlertRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAlertRule"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRule"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_18"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getAlertRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRule"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    archiveAlertRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeAlertRule: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAlertRule"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRule"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    simulateAlertRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleTrialRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTrial"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_7"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                keyResult?: string;
                connection?: string;
                open?: "true" | "false";
                /** @description Only rows with this state; several with commas. */
                state?: string;
                /** @description Only rows with this severity; several with commas. */
                severity?: string;
                /** @description Only rows with this kind; several with commas. */
                kind?: string;
                /** @description Only rows with this owner; several with commas. */
                owner?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAlertsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getAlert: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    acknowledgeAlert: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acknowledge"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_19"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    withdrawAcknowledgement: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_20"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listSnoozes: {
        parameters: {
            query?: {
                /** @description Only rows with this owner; several with commas. */
                owner?: string;
                /** @description Only rows with this kind; several with commas. */
                kind?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListSnoozesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createSnooze: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSnooze"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snooze"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    endSnooze: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snooze"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getCadence: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cadence"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_21"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setCadence: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetCadence"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cadence"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_22"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listCatalog: {
        parameters: {
            query?: {
                stage?: string;
                source?: string;
                lang?: "en" | "zh-CN";
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListCatalogAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getCatalogEntry: {
        parameters: {
            query?: {
                lang?: "en" | "zh-CN";
            };
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogEntry"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    previewMeasurement: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeasurementPreview"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    listEventNames: {
        parameters: {
            query?: {
                days?: number;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEventNamesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    uploadEvents: {
        parameters: {
            query: {
                format: "csv" | "jsonl" | "parquet";
                user?: string;
                event?: string;
                time?: string;
                id?: string | null;
                properties?: string | null;
                through?: string | null;
                note?: string | null;
            };
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ingest"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_23"];
            413: components["responses"]["Problem413"];
            422: components["responses"]["Problem422_10"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503_2"];
        };
    };
    getCycle: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cycle"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    archiveCycle: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_41"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateCycle: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateCycle"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cycle"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_40"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    closeCycle: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseCycle"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_24"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_11"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getScorecard: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    carryOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CarryOver"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Carried"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_25"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listHints: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListHintsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getObjective: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObjectiveDetail"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    archiveObjective: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_43"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateObjective: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateObjective"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Objective"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_26"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    previewBinding: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewBindingBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewBindingAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_26"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_12"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    readTextDrafts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadText"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drafts"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_7"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    importText: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportText"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Imported"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_27"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_13"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    measureKeyResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Measure"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measured"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_26"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_12"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    listBaselines: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BaselineHistory"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setBaseline: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetBaseline"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BaselineHistory"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_28"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listOverrides: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOverridesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    overrideValue: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OverrideRequest"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Override"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_29"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_14"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    endOverride: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
                /** @description Id of the override. */
                override: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Override"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_30"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setGuard: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetGuard"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResultRow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_26"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeGuard: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResultRow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_31"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createFormula: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFormula"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            409: components["responses"]["Problem409_3"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_15"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listVersions: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListVersionsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeMetric: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMetric"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedMetric"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_32"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_15"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
        };
    };
    withdrawVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdraw"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_33"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listDefinitionChanges: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListDefinitionChangesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getDefinitionChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinitionChange"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_34"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    acceptDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Accept"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResultRow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_35"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createValuesMetric: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateValuesMetric"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            409: components["responses"]["Problem409_3"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    pushValues: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PushValues"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ingest"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_36"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_16"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    uploadValues: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadValues"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ingest"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_36"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_16"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listCheckIns: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListCheckInsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    checkIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckInRequest"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedIn"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_37"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_17"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    tickStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TickStep"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResultRow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_38"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listRecords: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRecordsAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_23"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    pushRecords: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PushRecords"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ingest"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_23"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_18"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    uploadRecords: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadRecords"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ingest"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_23"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_18"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listPublicLinks: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPublicLinksAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createPublicLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePublicLink"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedPublicLink"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_39"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    revokePublicLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicLink"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    restoreCycle: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cycle"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_42"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    restoreObjective: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Objective"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_44"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    restoreKeyResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResultRow"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_44"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getForecast: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outlook"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    downloadChart: {
        parameters: {
            query?: {
                format?: "svg" | "png" | "csv";
                lang?: "en" | "zh-CN";
                theme?: "light" | "dark";
                width?: number;
                asOf?: components["schemas"]["RealDay"] | string;
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": components["schemas"]["DownloadChartAnswer"];
                    "image/png": components["schemas"]["DownloadChartAnswer"];
                    "text/csv": components["schemas"]["DownloadChartAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404_2"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listInitiatives: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListInitiativesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createInitiative: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateInitiative"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Initiative"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_26"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getInitiative: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Initiative"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteInitiative: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateInitiative: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateInitiative"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Initiative"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMetric: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    archiveMetric: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_41"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    renameMetric: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that the change is meant for; `*` for whatever is there. */
                "If-Match": components["parameters"]["If-Match"];
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenameMetric"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_3"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    restoreMetric: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_47"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    restoreConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_48"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listRunEvidence: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRunEvidenceAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    restoreChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_48"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    restoreAlertRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRule"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_48"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_2"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                actor?: string;
                action?: string;
                objectType?: string;
                objectId?: string;
                from?: string;
                to?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAuditLogAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_8"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    exportWorkspace: {
        parameters: {
            query?: {
                format?: "ndjson" | "csv" | "csv_lines";
                type?: string;
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["ExportWorkspaceAnswer"];
                    "text/csv": components["schemas"]["ExportWorkspaceAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_8"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429_3"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    explainMovements: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                limit?: number;
            };
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movements"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_49"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    explainKeyResultMovements: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                limit?: number;
            };
            header?: {
                /** @description ETags that the caller has: answered with 304 when one of them is still the present one. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movements"];
                };
            };
            /** @description Unchanged since one of the ETags named. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_50"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listRates: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `page.nextCursor` of the page before, as it is. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRatesAnswer"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    keepRates: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: the same one again is answered again, and not done again, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Id or key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeepRates"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptRates"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403_2"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409_6"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422_16"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listenToEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description What happened since that event, up to an hour ago, is told first. */
                "Last-Event-ID"?: components["parameters"]["Last-Event-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream that goes on. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429_4"];
            503: components["responses"]["Problem503"];
        };
    };
}
