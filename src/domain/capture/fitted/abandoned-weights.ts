import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 428 threads; not to be edited by hand.

export const abandonedWeights = readWeights(`
4.10; -2.04 marked as resolved; -1.56 tale: any act; 1.41 tale: ends with dismiss; -1.37 messages;
-1.35 tale: since the last act act; -1.34 tale: any cause; -1.33 ticked at the end; 1.31 tale: any dismiss;
-1.25 tale: any noeffect; -1.01 tale: no effect for good; -0.98 tale: since the last act noeffect;
-0.95 tale: any trouble; 0.93 tale: since the last act look; 0.84 tale: any propose;
0.81 tale: ends with cause; -0.81 tale: any makeshift; -0.81 tale: since the last act makeshift;
0.81 tale: since the last act dismiss; -0.79 acts; -0.66 tale: since the last act cause;
-0.66 tale: ends with makeshift; -0.65 tale: noeffect then look; -0.64 tale: since the last act well;
-0.62 tale: any well; -0.62 tale: last chat; -0.61 tale: ends with act; 0.59 tale: last ask;
-0.58 tale: act then noeffect; -0.56 tale: well for good; -0.55 tale: last well;
-0.55 tale: ends with propose; -0.55 tale: since the last act ask; -0.52 tale: ends with noeffect;
0.50 tale: since the last act guess; 0.49 tale: any ask; -0.48 tale: noeffect then act;
-0.48 tale: noeffect then giveup; 0.48 tale: last dismiss; -0.47 tale: ends with well;
-0.45 tale: act then makeshift; 0.45 alert over; 0.44 tale: since the last act propose;
-0.44 tale: since the last act giveup; -0.43 tale: well then cause; -0.39 tale: act then well;
-0.38 tale: any giveup; -0.38 tale: ends with giveup; -0.33 tale: well makeshift;
-0.30 tale: noeffect then guess; -0.29 tale: act then guess; -0.29 tale: ends with look;
-0.28 tale: well then makeshift; 0.28 tale: last act; -0.28 tale: last giveup; -0.27 no alert;
0.26 tale: ends with chat; -0.26 tale: noeffect then well; -0.22 tale: noeffect then cause;
-0.22 tale: act then cause; -0.21 tale: any chat; -0.21 tale: last makeshift;
-0.20 tale: since the last act trouble; -0.18 alert fires; 0.17 tale: ends with ask;
0.17 tale: act then dismiss; -0.16 tale: noeffect then makeshift; 0.16 no act; 0.15 tale: last guess;
-0.15 tale: act then giveup; 0.15 tale: last propose; 0.15 tale: any look; 0.14 tale: ends with guess;
0.13 tale: well then look; -0.09 tale: act then trouble; -0.09 tale: well then noeffect;
-0.08 tale: well then guess; -0.08 tale: well then dismiss; -0.08 tale: act then look;
-0.07 tale: well then giveup; -0.07 tale: last cause; -0.05 tale: noeffect then dismiss;
-0.04 tale: noeffect then trouble; 0.04 tale: ends with trouble; -0.04 tale: last look;
`);
